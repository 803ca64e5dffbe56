package dev.ajar.doctor;

import dev.ajar.catalog.RouterGuide;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import java.net.InetAddress;
import java.util.List;

/** No gateway answered in any protocol. */
final class SilenceCauses {
    private SilenceCauses() {}

    static Verdict of(Facts facts) {
        List<ProbeAttempt> attempts = facts.survey().attempts();
        String gateway = facts.home()
                .flatMap(LocalRoute::gateway)
                .map(InetAddress::getHostAddress)
                .orElse("the router");
        boolean incapable = any(attempts, ProbeAttempt.ProbeOutcome.INCAPABLE);
        if (incapable) {
            return Verdict.likely(
                    "answers_but_no_forwarding",
                    "Something answers by UPnP, but nothing that can open ports: the router's UPnP is off or in bridge mode, or only a media box or an extender answers.",
                    switchOn(facts.guide()),
                    told(attempts, ProbeAttempt.ProbeOutcome.INCAPABLE));
        }
        if (any(attempts, ProbeAttempt.ProbeOutcome.REJECTED)) {
            return Verdict.likely(
                    "answers_nonsense",
                    "Something answers, and nothing that ajar can use.",
                    "Restart the router; if it stays like this: " + switchOn(facts.guide()),
                    told(attempts, ProbeAttempt.ProbeOutcome.REJECTED));
        }
        if (!facts.neighbourHeard() && facts.home().isPresent()) {
            return Verdict.likely(
                    "router_unreachable",
                    "The router at " + gateway + " does not answer at all, not even on the cable.",
                    "Check the cable or the Wi-Fi, and whether the router is on.",
                    "its network card has not been heard of");
        }
        if (facts.replies() instanceof FirewallState.Closed(String by, String remedy)) {
            return Verdict.open(
                    "silent_or_own_firewall",
                    "No answer from the router: it keeps silent, or this machine's own firewall ("
                            + by
                            + ") eats its answers. From inside both look alike.",
                    "Switch the firewall off for a minute and run ajar doctor again; if that helps, let answers from "
                            + gateway
                            + " in.",
                    remedy);
        }
        if (any(attempts, ProbeAttempt.ProbeOutcome.UNREACHABLE)) {
            return Verdict.open(
                    "switched_off",
                    "The router is there and turns the questions away: UPnP, NAT-PMP and PCP are switched off in it, or this is a guest network. From inside both look alike.",
                    switchOn(facts.guide()),
                    told(attempts, ProbeAttempt.ProbeOutcome.UNREACHABLE));
        }
        return Verdict.open(
                "silent",
                "The router answers in no protocol: UPnP, NAT-PMP and PCP are switched off, or this is a guest network or a Wi-Fi that keeps devices apart. From inside both look alike.",
                "Join the main network, not a guest one; then " + lower(switchOn(facts.guide())),
                told(attempts, ProbeAttempt.ProbeOutcome.SILENT));
    }

    static String switchOn(RouterGuide guide) {
        return guide.upnp()
                .map(upnp -> "Switch UPnP on in "
                        + (guide.id().equals("generic") ? "the router" : guide.name())
                        + ": "
                        + String.join(" > ", upnp.path())
                        + ". By hand instead: ajar guide 25565")
                .orElse("Forward the port by hand: ajar guide 25565");
    }

    private static String lower(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }

    private static boolean any(List<ProbeAttempt> attempts, ProbeAttempt.ProbeOutcome outcome) {
        return attempts.stream().anyMatch(attempt -> attempt.outcome() == outcome);
    }

    private static String[] told(List<ProbeAttempt> attempts, ProbeAttempt.ProbeOutcome outcome) {
        return attempts.stream()
                .filter(attempt -> attempt.outcome() == outcome)
                .map(attempt -> attempt.asked() + ": " + attempt.detail())
                .limit(4)
                .toArray(String[]::new);
    }
}
