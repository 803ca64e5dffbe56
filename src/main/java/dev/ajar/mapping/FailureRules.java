package dev.ajar.mapping;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What failures mean for what to do next. Pure. */
final class FailureRules {
    private FailureRules() {}

    /** Nobody can be asked to open the IPv6 firewall. */
    static Failure noFirewall(List<ProbeAttempt> attempts) {
        if (attempts.isEmpty()) {
            return new Failure.NoIpv6(
                    Message.verbatim("this machine has no lasting IPv6 address that the internet can reach"));
        }
        boolean incapable =
                attempts.stream().anyMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.INCAPABLE);
        return new Failure.NoFirewall(Message.verbatim(
                incapable
                        ? "the router's UPnP has no IPv6 firewall that can be asked"
                        : "nobody answers for the router's IPv6 firewall, neither by PCP nor by UPnP"));
    }

    /** Nothing answered; or something did, but nothing that can do what is wanted. */
    static Failure noGateway(List<ProbeAttempt> attempts, Set<Capability> needed) {
        boolean answered = attempts.stream().anyMatch(ProbeAttempt::isGateway);
        if (answered && !needed.isEmpty()) {
            return new Failure.Unsupported(
                    Message.verbatim("the router only speaks a protocol that cannot do this: " + whatFor(needed)),
                    Optional.empty());
        }
        boolean incapable =
                attempts.stream().anyMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.INCAPABLE);
        if (incapable) {
            return new Failure.Unsupported(
                    Message.verbatim(
                            "the router speaks UPnP, but has no port forwarding in it (switched off, or it is in bridge mode)"),
                    Optional.empty());
        }
        if (attempts.isEmpty()) {
            return new Failure.NoGateway(Message.verbatim("this machine is on no network with a router"));
        }
        return unusable(attempts)
                .<Failure>map(why -> new Failure.NoGateway(
                        Message.verbatim("something answered, but not as a router ajar can use: " + why)))
                .orElseGet(() -> new Failure.NoGateway(Message.verbatim("no router answered")));
    }

    private static String whatFor(Set<Capability> needed) {
        if (needed.contains(Capability.OTHER_HOSTS)) {
            return "opening a port for another device needs UPnP or PCP";
        }
        if (needed.contains(Capability.REMOTE_HOST)) {
            return "opening a port for one address alone needs UPnP or PCP";
        }
        return needed.contains(Capability.MAY_FILTER)
                ? "opening a port for a network alone needs PCP; UPnP can do it for one address"
                : "opening a port without end needs UPnP";
    }

    /** Why the one that came closest was not used. */
    private static Optional<String> unusable(List<ProbeAttempt> attempts) {
        return attempts.stream()
                .filter(attempt -> attempt.stage() == ProbeAttempt.Stage.DESCRIPTION)
                .map(attempt -> attempt.asked() + ", " + attempt.detail())
                .findFirst()
                .or(() -> attempts.stream()
                        .filter(a -> a.outcome() == ProbeAttempt.ProbeOutcome.REJECTED)
                        .map(a -> a.asked() + ", " + a.detail())
                        .findFirst());
    }
}
