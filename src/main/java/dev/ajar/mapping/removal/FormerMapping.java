package dev.ajar.mapping.removal;

import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A mapping that ajar made for this machine and that leads to an address this machine no longer has: DHCP gave it
 * another. PCP and NAT-PMP close it only from that address, and UPnP routers differ in it, so the record stays until
 * the mapping is seen to be gone or its lease has ended.
 */
public record FormerMapping(MappingRecord mapping, Instant now) {
    private static final long MINUTE = 60;

    /** Whether {@code mapping} leads to an address that this machine had before; {@code gateway} is on its network. */
    public static boolean is(MappingRecord mapping, GatewayInfo gateway, GatewaySource gateways) {
        Claim claim = mapping.claim();
        return claim.ipVersion() == IpVersion.IPV4
                && gateway.route().ipVersion() == IpVersion.IPV4
                && claim.gateway().isSameBox(gateway.id())
                && claim.isMisdirected(gateway.localAddress())
                && !gateways.isThisMachine(claim.internal().address());
    }

    /**
     * Whether it opens the IPv6 firewall for an address that this machine no longer has: the provider gave the home
     * another prefix. A firewall has no list, so the router is not needed to know it.
     */
    public static boolean isOfFormerPrefix(MappingRecord mapping, GatewaySource gateways) {
        return mapping.claim().ipVersion() == IpVersion.IPV6 && isElsewhere(mapping.claim(), gateways);
    }

    private static boolean isElsewhere(Claim claim, GatewaySource gateways) {
        InetAddress client = claim.internal().address();
        return claim.mapping().target() instanceof Target.ThisHost
                && !client.isLoopbackAddress()
                && !gateways.isThisMachine(client)
                && gateways.missingHome().isEmpty();
    }

    /**
     * The same where no router is seen: whether it leads to an address that is not this machine's now. A machine that
     * is on no network at home has none, and may get that one again.
     */
    public static boolean isUnseen(MappingRecord mapping, GatewaySource gateways) {
        return isElsewhere(mapping.claim(), gateways);
    }

    private String address() {
        return Addresses.text(mapping.claim().internal().address());
    }

    private String typed() {
        return mapping.protocol().typed(mapping.externalPort());
    }

    /** The time until it ends by itself, as text; empty for a lease without an end. */
    private Optional<String> left() {
        return mapping.end().map(end -> {
            long seconds = Math.max(1, Duration.between(now, end).toSeconds());
            long shown = seconds < 2 * MINUTE ? seconds : (seconds + MINUTE - 1) / MINUTE * MINUTE;
            return LeaseDuration.ofSeconds(shown).text();
        });
    }

    private Message told(String key, String withoutEnd) {
        return left().map(time -> Message.of(key, "address", address(), "time", time))
                .orElseGet(() -> Message.of(withoutEnd, "address", address()));
    }

    /**
     * Why the port could not be opened: by the state file, this mapping has it.
     *
     * @param unproven whether it was left because it may be another device's by now
     */
    Failure inTheWay(Failure cause, Mapping wanted, boolean unproven) {
        Optional<Port> offered =
                cause instanceof Failure.Conflict conflict ? conflict.offered() : Optional.<Port>empty();
        int another = offered.map(Port::number).orElse(mapping.externalPort().number() % Port.MAX + 1);
        return new Failure.FormerAddress(
                cause,
                unproven
                        ? told("mapping.former-unproven", "mapping.former-unproven-for-ever")
                        : told("mapping.former-in-the-way", "mapping.former-in-the-way-for-ever"),
                mapping.claim().internal().address(),
                List.of(
                        Message.of(
                                "mapping.former-other-port",
                                "ports",
                                wanted.onExternalPort(new Port(another)).typed()),
                        unproven ? force() : addressBack(),
                        Message.of("mapping.former-by-hand")));
    }

    private Message addressBack() {
        return Message.of("mapping.former-address-back", "address", address(), "port", typed());
    }

    private Message force() {
        return Message.of("mapping.former-force", "address", address(), "port", typed());
    }

    /** Why it could not be closed. */
    Failure notClosed(Failure cause) {
        return new Failure.FormerAddress(
                cause,
                told("mapping.former-not-closed", "mapping.former-not-closed-for-ever"),
                mapping.claim().internal().address(),
                remedies(addressBack()));
    }

    /** Nothing shows that the entry is not by now that of the device which has the address. */
    Failure unproven() {
        return new Failure.FormerAddress(
                new Failure.Unsafe(Message.of("mapping.former-address", "address", address()), force()),
                told("mapping.former-unproven", "mapping.former-unproven-for-ever"),
                mapping.claim().internal().address(),
                remedies(force()));
    }

    private List<Message> remedies(Message first) {
        List<Message> all = new ArrayList<>();
        all.add(first);
        left().ifPresent(time -> all.add(Message.of("mapping.former-wait")));
        all.add(Message.of("mapping.former-by-hand"));
        return all;
    }

    boolean matches(Gateway table, ObservedMapping entry) {
        return mapping.matches(table.info().id(), entry, now);
    }

    /** Whether {@code entry}, which leads where this mapping does, is certainly this mapping. */
    boolean isProven(ObservedMapping entry, InetAddress here) {
        return mapping.isVerifiedBy(entry, here) || mapping.endsWith(entry, now);
    }

    /**
     * Removes it by a protocol in which a router may close the mappings of other clients.
     *
     * @param forced also where nothing shows that the entry is ajar's
     * @return empty where no such protocol shows it
     */
    Optional<Result<Gateway.Removed>> removedByTable(RouterTables tables, boolean forced, Deadline deadline) {
        return tables.of(mapping.claim().gateway(), deadline).flatMap(table -> removedBy(table, forced, deadline));
    }

    private Optional<Result<Gateway.Removed>> removedBy(Gateway table, boolean forced, Deadline deadline) {
        Presence seen = table.look(
                mapping.protocol(),
                mapping.externalPort(),
                mapping.claim().mapping().remote(),
                deadline);
        if (!(seen instanceof Presence.Present(ObservedMapping entry)) || !matches(table, entry)) {
            return Optional.empty();
        }
        if (!forced && !isProven(entry, table.info().localAddress())) {
            return Optional.of(Result.err(unproven()));
        }
        Mapping asOthers = mapping.claim()
                .mapping()
                .to(new Target.OtherHost(
                        mapping.claim().internal().address(),
                        mapping.claim().internal().port()));
        return Optional.of(table.unmap(table.claim(asOthers, Optional.empty()), mapping.externalPort(), deadline));
    }
}
