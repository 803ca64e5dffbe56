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

    /** Whether another protocol of the same gateway might do better. */
    static boolean isOfTheProtocol(Failure failure) {
        return switch (failure) {
            case Failure.Refused ignored -> true;
            case Failure.Unsupported ignored -> true;
            case Failure.Malformed ignored -> true;
            case Failure.TimedOut ignored -> true;
            case Failure.Unreachable ignored -> true;
            case Failure.NoResources ignored -> true;
            case Failure.NoGateway ignored -> true;
            case Failure.NoFirewall ignored -> true;
            case Failure.NoIpv6 ignored -> false;
            case Failure.ForeignHostRefused ignored -> false;
            case Failure.Conflict ignored -> false;
            case Failure.LeftOpen ignored -> false;
            case Failure.SecondNat ignored -> false;
            case Failure.Unsafe ignored -> false;
            case Failure.Usage ignored -> false;
            case Failure.Busy ignored -> false;
            case Failure.LocalPort ignored -> false;
            case Failure.BadConfiguration ignored -> false;
            case Failure.BadState ignored -> false;
        };
    }

    /** Whether the gateway may have made the mapping all the same. */
    static boolean mayHaveHappened(Failure failure) {
        return switch (failure) {
            case Failure.TimedOut ignored -> true;
            case Failure.Unreachable ignored -> true;
            case Failure.Malformed ignored -> true;
            case Failure.LeftOpen ignored -> true;
            case Failure.Conflict ignored -> false;
            case Failure.Refused ignored -> false;
            case Failure.Unsupported ignored -> false;
            case Failure.NoResources ignored -> false;
            case Failure.NoGateway ignored -> false;
            case Failure.NoFirewall ignored -> false;
            case Failure.NoIpv6 ignored -> false;
            case Failure.ForeignHostRefused ignored -> false;
            case Failure.SecondNat ignored -> false;
            case Failure.Unsafe ignored -> false;
            case Failure.Usage ignored -> false;
            case Failure.Busy ignored -> false;
            case Failure.LocalPort ignored -> false;
            case Failure.BadConfiguration ignored -> false;
            case Failure.BadState ignored -> false;
        };
    }

    /** Nobody can be asked to open the IPv6 firewall. */
    static Failure noFirewall(List<ProbeAttempt> attempts) {
        if (attempts.isEmpty()) {
            return new Failure.NoIpv6(Message.verbatim("this machine has no lasting IPv6 address that the internet can reach"));
        }
        boolean incapable =
                attempts.stream().anyMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.INCAPABLE);
        return new Failure.NoFirewall(
                Message.verbatim(incapable
                        ? "the router's UPnP has no IPv6 firewall that can be asked"
                        : "nobody answers for the router's IPv6 firewall, neither by PCP nor by UPnP"));
    }

    /** Nothing answered; or something did, but nothing that can do what is wanted. */
    static Failure noGateway(List<ProbeAttempt> attempts, Set<Capability> needed) {
        boolean answered = attempts.stream()
                .anyMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.ANSWERED
                        && !attempt.protocol().equals("SSDP"));
        if (answered && !needed.isEmpty()) {
            return new Failure.Unsupported(
                    Message.verbatim("the router only speaks a protocol that cannot do this: " + whatFor(needed)), Optional.empty());
        }
        boolean incapable =
                attempts.stream().anyMatch(attempt -> attempt.outcome() == ProbeAttempt.ProbeOutcome.INCAPABLE);
        if (incapable) {
            return new Failure.Unsupported(
                    Message.verbatim("the router speaks UPnP, but has no port forwarding in it (switched off, or it is in bridge mode)"),
                    Optional.empty());
        }
        if (attempts.isEmpty()) {
            return new Failure.NoGateway(Message.verbatim("this machine is on no network with a router"));
        }
        return unusable(attempts)
                .<Failure>map(
                        why -> new Failure.NoGateway(Message.verbatim("something answered, but not as a router ajar can use: " + why)))
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
                .filter(attempt -> attempt.protocol().equals(ProbeAttempt.DESCRIPTION))
                .map(attempt -> attempt.asked() + ", " + attempt.detail())
                .findFirst()
                .or(() -> attempts.stream()
                        .filter(a -> a.outcome() == ProbeAttempt.ProbeOutcome.REJECTED)
                        .map(a -> a.asked() + ", " + a.detail())
                        .findFirst());
    }
}
