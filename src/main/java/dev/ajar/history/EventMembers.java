package dev.ajar.history;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Takes what is known out of an event. */
final class EventMembers {
    private final Map<EventMember, Object> members = new EnumMap<>(EventMember.class);

    private EventMembers() {}

    static Map<EventMember, Object> of(KeeperEvent event) {
        EventMembers found = new EventMembers();
        found.add(event);
        return found.members;
    }

    private void add(KeeperEvent event) {
        switch (event) {
            case KeeperEvent.Opened(var desired, Lease lease, var address) -> add(desired, lease, address);
            case KeeperEvent.Repaired(var desired, Lease lease, var address) -> add(desired, lease, address);
            case KeeperEvent.Lost(var desired, var why) -> add(desired);
            case KeeperEvent.Failed(var desired, var failure, Optional<Lease> open) ->
                open.ifPresentOrElse(lease -> add(desired, lease, Optional.empty()), () -> add(desired));
            case KeeperEvent.Contested(var desired, Optional<Endpoint> holder) -> {
                add(desired);
                holder.ifPresent(other -> add(EventMember.HOLDER_ADDRESS, EventMember.HOLDER_PORT, other));
            }
            case KeeperEvent.Closed(String port, GatewayId gateway) -> {
                members.put(EventMember.MAPPING, port);
                add(gateway);
            }
            case KeeperEvent.ManualRuleStale(ManualRule rule, InetAddress now) -> {
                members.put(EventMember.MAPPING, rule.label());
                add(rule.externalPort());
                add(EventMember.INTERNAL_ADDRESS, EventMember.INTERNAL_PORT, rule.internal());
                members.put(EventMember.LOCAL_ADDRESS, Addresses.text(now));
            }
            case KeeperEvent.AddressChanged(GatewayId gateway, var now) -> {
                add(gateway);
                add(now);
            }
            case KeeperEvent.ReachabilityChanged(GatewayId gateway, var now) -> {
                add(gateway);
                members.put(EventMember.REACHABILITY, now.key());
            }
            case KeeperEvent.GatewaySilent(GatewayId gateway, var ignored) -> add(gateway);
            case KeeperEvent.GatewayBack(GatewayId gateway, boolean restarted) -> {
                add(gateway);
                members.put(EventMember.RESTARTED, restarted);
            }
            case KeeperEvent.OfMachine ignored -> {}
        }
    }

    private void add(DesiredMapping desired) {
        members.put(EventMember.MAPPING, desired.mapping().label());
        add(desired.externalPort());
        desired.selection().gateway().ifPresent(address -> members.put(EventMember.GATEWAY, Addresses.text(address)));
    }

    private void add(DesiredMapping desired, Lease lease, Optional<InetAddress> address) {
        add(desired);
        add(lease.claim().gateway());
        add(lease.externalPort());
        add(address.or(lease::externalAddress));
        add(EventMember.INTERNAL_ADDRESS, EventMember.INTERNAL_PORT, lease.internal());
        switch (lease.granted()) {
            case LeaseDuration.Finite finite -> {
                members.put(EventMember.LEASE_SECONDS, finite.seconds());
                members.put(EventMember.PERMANENT, false);
            }
            case LeaseDuration.Permanent ignored -> members.put(EventMember.PERMANENT, true);
        }
    }

    private void add(GatewayId gateway) {
        members.put(EventMember.GATEWAY, Addresses.text(gateway.address()));
        members.put(EventMember.METHOD, gateway.method().key());
    }

    private void add(Port external) {
        members.put(EventMember.EXTERNAL_PORT, (long) external.number());
    }

    private void add(Optional<InetAddress> external) {
        external.ifPresent(address -> members.put(EventMember.EXTERNAL_ADDRESS, Addresses.text(address)));
    }

    private void add(EventMember address, EventMember port, Endpoint endpoint) {
        members.put(address, Addresses.text(endpoint.address()));
        members.put(port, (long) endpoint.port().number());
    }
}
