package dev.ajar.daemon;

import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import dev.ajar.state.Owner;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The environment variables that describe an event to a program. Text from a router is cleaned. */
final class HookEnvironment {
    private HookEnvironment() {}

    /** The variables of an event; empty if it runs no program. */
    static Map<String, String> of(KeeperEvent event) {
        Map<String, String> variables = new LinkedHashMap<>();
        switch (event) {
            case KeeperEvent.Opened opened ->
                lease(variables, event, opened.desired(), opened.lease(), opened.address());
            case KeeperEvent.Repaired repaired ->
                lease(variables, event, repaired.desired(), repaired.lease(), repaired.address());
            case KeeperEvent.Lost lost -> {
                desired(variables, event, lost.desired());
                variables.put("AJAR_REASON", lost.why().toString());
            }
            case KeeperEvent.Failed failed -> {
                desired(variables, event, failed.desired());
                variables.put("AJAR_REASON", failed.failure().detail().toString());
                variables.put(
                        "AJAR_STILL_OPEN",
                        failed.stillOpen().stream().map(Port::toString).collect(Collectors.joining(" ")));
            }
            case KeeperEvent.Contested contested -> {
                desired(variables, event, contested.desired());
                variables.put(
                        "AJAR_REASON", contested.holder().map(Object::toString).orElse(""));
            }
            case KeeperEvent.AddressChanged(var gateway, var now) -> {
                variables.put("AJAR_EVENT", event.code());
                variables.put("AJAR_EXTERNAL_ADDRESS", now.map(Addresses::text).orElse(""));
            }
            case KeeperEvent.ReachabilityChanged(var gateway, var now) -> {
                variables.put("AJAR_EVENT", event.code());
                variables.put("AJAR_REACHABILITY", now.key());
            }
            case KeeperEvent.ManualRuleStale(ManualRule rule, InetAddress now) -> {
                // The name of the first version.
                variables.put("AJAR_EVENT", "astray");
                variables.put("AJAR_PROTOCOL", rule.protocol().label());
                variables.put("AJAR_EXTERNAL_PORT", rule.externalPort().toString());
                variables.put("AJAR_INTERNAL_PORT", rule.internal().port().toString());
                variables.put(
                        "AJAR_REASON",
                        Message.of("daemon.hook-moved", "address", Addresses.text(now))
                                .toString());
            }
            case KeeperEvent.Closed ignored -> {}
            case KeeperEvent.GatewaySilent ignored -> {}
            case KeeperEvent.GatewayBack ignored -> {}
            case KeeperEvent.OfMachine ignored -> {}
        }
        return variables;
    }

    private static void desired(Map<String, String> variables, KeeperEvent event, DesiredMapping desired) {
        Mapping mapping = desired.mapping();
        variables.put("AJAR_EVENT", event.code());
        variables.put("AJAR_NAME", mapping.description());
        if (desired.owner() instanceof Owner.Container(String ignored, String name)) {
            variables.put("AJAR_CONTAINER", new RouterText(name).display());
        }
        variables.put("AJAR_PROTOCOL", mapping.protocol().label());
        variables.put("AJAR_IP_VERSION", desired.selection().ipVersion() == IpVersion.IPV6 ? "6" : "4");
        variables.put("AJAR_EXTERNAL_PORT", mapping.externalPort().toString());
        variables.put("AJAR_INTERNAL_PORT", mapping.target().port().toString());
    }

    private static void lease(
            Map<String, String> variables,
            KeeperEvent event,
            DesiredMapping desired,
            Lease lease,
            Optional<InetAddress> address) {
        desired(variables, event, desired);
        variables.put("AJAR_EXTERNAL_PORT", lease.externalPort().toString());
        variables.put(
                "AJAR_EXTERNAL_ADDRESS",
                address.or(lease::externalAddress).map(Addresses::text).orElse(""));
        variables.put("AJAR_INTERNAL_ADDRESS", Addresses.text(lease.internal().address()));
        variables.put("AJAR_METHOD", lease.claim().gateway().method().key());
        variables.put("AJAR_LEASE_SECONDS", Long.toString(lease.granted().seconds()));
    }
}
