package dev.ajar.mapping.report;

import dev.ajar.discovery.NetworkHints;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.ProbeAttempt.ProbeOutcome;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.system.MissingHome;
import dev.ajar.system.machine.Translation;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Turns the attempts of a search that found no usable gateway into a failure. Pure. */
public final class FailureRules {
    private FailureRules() {}

    /** No IPv6 firewall took a request. */
    public static Failure noFirewall(List<ProbeAttempt> attempts, NetworkHints hints) {
        if (attempts.isEmpty()) {
            return new Failure.NoIpv6(Message.of("mapping.no-ipv6"));
        }
        if (isAny(attempts, ProbeOutcome.KEPT_IN) && !isAny(attempts, ProbeOutcome.ANSWERED)) {
            return keptIn(attempts);
        }
        // What does not leave this machine looks like silence or a broken connection, and groups may hear it all the
        // same.
        Optional<InetAddress> shut = isAny(attempts, ProbeOutcome.INCAPABLE) ? Optional.empty() : hints.shutOverIpv6();
        if (shut.isPresent()) {
            return new Failure.NoGateway(
                    Message.of("mapping.nothing-out", "address", Addresses.text(shut.get())),
                    List.of(Message.of("answers.nowhere-next"), Message.of("advice.find-out")));
        }
        if (isAny(attempts, ProbeOutcome.UNFINISHED)) {
            return new Failure.NoFirewall(Message.of("mapping.search-unfinished"));
        }
        return new Failure.NoFirewall(Message.of(
                isAny(attempts, ProbeOutcome.INCAPABLE) ? "mapping.no-firewall-control" : "mapping.firewall-silent"));
    }

    /** The rule may be for one version of IP alone, and the other open. */
    private static Failure keptIn(List<ProbeAttempt> attempts) {
        boolean overIpv6 = attempts.stream()
                .filter(attempt -> attempt.outcome() == ProbeOutcome.KEPT_IN)
                .flatMap(attempt -> attempt.asked().values().stream())
                .flatMap(value -> Addresses.parse(value.value().toString()).stream())
                .anyMatch(address -> IpVersion.of(address) == IpVersion.IPV6);
        return new Failure.KeptIn(
                Message.of("mapping.kept-in", "version", (overIpv6 ? IpVersion.IPV6 : IpVersion.IPV4).label()));
    }

    /** No router answered, or none that has the capabilities {@code needed}. */
    public static Failure noGateway(List<ProbeAttempt> attempts, Set<Capability> needed, NetworkHints hints) {
        if (!needed.isEmpty() && attempts.stream().anyMatch(ProbeAttempt::isGateway)) {
            return new Failure.Unsupported(missing(needed), Optional.empty());
        }
        Optional<Failure> certain = certain(attempts);
        if (isAny(attempts, ProbeOutcome.UNFINISHED)) {
            // What is certain does not depend on the rest of the search.
            return certain.orElseGet(() -> new Failure.NoGateway(
                    Message.of("mapping.search-unfinished"), List.of(Message.of("advice.search-longer"))));
        }
        if (isAny(attempts, ProbeOutcome.INCAPABLE)) {
            return new Failure.Unsupported(Message.of("mapping.no-port-forwarding"), Optional.empty());
        }
        if (attempts.isEmpty()) {
            return missing(hints.missingHome().orElseGet(MissingHome.Unconnected::new));
        }
        if (certain.isPresent()) {
            return certain.get();
        }
        // What this machine forbids looks to the protocols like a broken connection.
        Optional<MissingHome> closed = hints.missingHome().filter(missing -> hidesAll(missing, attempts));
        if (closed.isPresent()) {
            return missing(closed.get());
        }
        if (!isAny(attempts, ProbeOutcome.REJECTED)) {
            Optional<Translation> between = hints.translation();
            if (between.isPresent()) {
                return between(between.get());
            }
            Optional<MissingHome> missing = isAny(attempts, ProbeOutcome.ANSWERED)
                    ? Optional.empty()
                    : hints.missingHome().filter(home -> !(home instanceof MissingHome.FixedCard));
            if (missing.isPresent()) {
                return missing(missing.get());
            }
        }
        return new Failure.NoGateway(first(attempts, attempt -> attempt.stage() == ProbeAttempt.Stage.DESCRIPTION)
                .or(() -> first(attempts, attempt -> attempt.outcome() == ProbeOutcome.REJECTED))
                .map(closest -> Message.of("mapping.not-usable", "asked", closest.asked(), "detail", closest.detail()))
                .orElseGet(() -> Message.of("mapping.no-router")));
    }

    /**
     * Whether nothing that is sent to the router itself arrives, although it may hear and answer what goes to a group.
     */
    private static boolean hidesAll(MissingHome missing, List<ProbeAttempt> attempts) {
        return missing instanceof MissingHome.NothingLeaves
                || missing instanceof MissingHome.RouterBehindTunnel
                // What refuses at the router's address, or is told there, is behind the card that is known.
                || (missing instanceof MissingHome.FixedCard
                        && attempts.stream().allMatch(ProbeAttempt::isUnheard));
    }

    /** A cause that one answer is enough for: a password, this machine's own firewall, or another router. */
    private static Optional<Failure> certain(List<ProbeAttempt> attempts) {
        Optional<ProbeAttempt> named = first(
                attempts,
                attempt -> !attempt.method().traits().automatic() && attempt.outcome() == ProbeOutcome.REJECTED);
        if (named.isPresent()) {
            return Optional.of(new Failure.NoGateway(
                    named.get().detail(),
                    List.of(Message.of("advice.router-look"), Message.of("advice.any-protocol"))));
        }
        boolean keptIn = isAny(attempts, ProbeOutcome.KEPT_IN)
                && !isAny(attempts, ProbeOutcome.ANSWERED)
                && !isAny(attempts, ProbeOutcome.REJECTED);
        if (keptIn) {
            return Optional.of(keptIn(attempts));
        }
        return first(attempts, attempt -> attempt.outcome() == ProbeOutcome.OTHER_ROUTER)
                .map(FailureRules::otherRouter);
    }

    /** The gateway of an earlier mapping was not found: where this machine is on no network at home, that is why. */
    public static Failure unreached(Failure failure, Claim claim, NetworkHints hints) {
        return failure instanceof Failure.NoGateway && claim.ipVersion() == IpVersion.IPV4
                ? hints.missingHome().map(FailureRules::missing).orElse(failure)
                : failure;
    }

    /** The causes that the doctor names, in the same words. */
    private static Failure missing(MissingHome missing) {
        return switch (missing) {
            case MissingHome.Unconnected ignored ->
                noHome(Message.of("mapping.no-network"), Message.of("advice.join-network"));
            case MissingHome.NoSignal(String name) ->
                noHome(
                        Message.of("mapping.no-signal", "interface", name),
                        Message.of("advice.no-signal", "interface", name));
            case MissingHome.GatewayIsOwn(InetAddress gateway, String name) ->
                noHome(
                        Message.of("mapping.gateway-is-own", "address", Addresses.text(gateway), "interface", name),
                        Message.of("advice.gateway-is-own", "interface", name));
            case MissingHome.RouterBehindTunnel tunnelled ->
                noHome(
                        Message.of(
                                "mapping.router-behind-tunnel",
                                "address",
                                Addresses.text(tunnelled.gateway()),
                                "interface",
                                tunnelled.interfaceName()),
                        tunnelled.advice());
            case MissingHome.FixedCard(InetAddress gateway, String card, String name) ->
                noHome(
                        Message.of("mapping.fixed-card", "address", Addresses.text(gateway), "card", card),
                        Message.of("advice.fixed-card", "address", Addresses.text(gateway), "interface", name));
            case MissingHome.NothingLeaves(InetAddress own) ->
                noHome(
                        Message.of("mapping.nothing-leaves", "address", Addresses.text(own)),
                        Message.of("answers.nowhere-next"));
            case MissingHome.NoInternetAddress ignored ->
                noHome(Message.of("mapping.no-internet-address"), Message.of("advice.no-internet-address"));
            case MissingHome.SelfGivenAddress(InetAddress address) ->
                noHome(
                        Message.of("mapping.self-given-address", "address", Addresses.text(address)),
                        Message.of("advice.self-given-address"));
            case MissingHome.NoDefaultRoute ignored ->
                noHome(Message.of("mapping.no-default-route"), Message.of("advice.no-default-route"));
            case MissingHome.BehindTunnel(String name) ->
                noHome(Message.of("mapping.vpn-has-route", "interface", name), Message.of("advice.vpn-off"));
            case MissingHome.BehindLine(String name) ->
                noHome(Message.of("mapping.behind-line", "interface", name), Message.of("advice.behind-line"));
            case MissingHome.OnTheInternet(String name, InetAddress address, boolean ignored) ->
                noHome(
                        Message.of("mapping.not-behind-nat", "interface", name, "address", Addresses.text(address)),
                        Message.of("advice.not-behind-nat"));
        };
    }

    private static Failure noHome(Message cause, Message next) {
        return new Failure.NoGateway(cause, List.of(next, Message.of("advice.find-out")));
    }

    private static Failure otherRouter(ProbeAttempt attempt) {
        String address = attempt.other().map(Addresses::text).orElse("");
        return new Failure.NoGateway(
                Message.of("mapping.other-router", "address", address, "why", attempt.detail()),
                List.of(
                        Message.of("advice.other-router", "address", address),
                        Message.of("advice.switch-on"),
                        Message.of("advice.doctor")));
    }

    private static Failure between(Translation translation) {
        Message onHost = Message.of("advice.map-host");
        return switch (translation) {
            case CONTAINER ->
                new Failure.NoGateway(
                        Message.of("mapping.between-container"),
                        List.of(Message.of("advice.host-network-container"), onHost));
            case POD ->
                new Failure.NoGateway(
                        Message.of("mapping.between-pod"),
                        List.of(Message.of("advice.host-network-pod"), Message.of("advice.map-services")));
            case WSL ->
                new Failure.NoGateway(
                        Message.of("mapping.between-virtual-switch"),
                        List.of(Message.of("advice.host-network-wsl"), Message.of("advice.map-host-wsl")));
            case VIRTUAL_SWITCH ->
                new Failure.NoGateway(
                        Message.of("mapping.between-virtual-switch"),
                        List.of(Message.of("advice.host-network-virtual-switch"), onHost));
            case HYPERVISOR ->
                new Failure.NoGateway(
                        Message.of("mapping.between-hypervisor"),
                        List.of(Message.of("advice.host-network-hypervisor"), onHost));
        };
    }

    private static Message missing(Set<Capability> needed) {
        if (needed.contains(Capability.OTHER_HOSTS)) {
            return Message.of("mapping.no-other-hosts");
        }
        if (needed.contains(Capability.REMOTE_HOST)) {
            return Message.of("mapping.no-remote-host");
        }
        return Message.of(needed.contains(Capability.MAY_FILTER) ? "mapping.no-filter" : "mapping.no-permanent");
    }

    private static boolean isAny(List<ProbeAttempt> attempts, ProbeOutcome outcome) {
        return attempts.stream().anyMatch(attempt -> attempt.outcome() == outcome);
    }

    private static Optional<ProbeAttempt> first(List<ProbeAttempt> attempts, Predicate<ProbeAttempt> which) {
        return attempts.stream().filter(which).findFirst();
    }
}
