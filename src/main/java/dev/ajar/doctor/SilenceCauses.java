package dev.ajar.doctor;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.PageWords;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.ProbeAttempt.ProbeOutcome;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import java.util.List;
import java.util.Optional;

/** No gateway answered in any protocol. */
final class SilenceCauses {
    private static final int MOST_ATTEMPTS = 4;

    /** A description of something else than a gateway, such as a television. */
    private static final String OTHER_DEVICE = "upnp.other-device";

    private SilenceCauses() {}

    static Verdict of(Facts facts) {
        List<ProbeAttempt> attempts = facts.survey().attempts();
        Message remedy = switchOn(facts.guide());
        String gateway =
                facts.home().flatMap(LocalRoute::gateway).map(Addresses::text).orElse("");
        if (any(attempts, ProbeOutcome.KEPT_IN) && !any(attempts, ProbeOutcome.ANSWERED)) {
            return keptIn(facts);
        }
        Optional<Verdict> shut =
                attempts.stream().anyMatch(RouterPages::isUnread) ? ofOwnRules(facts) : Optional.empty();
        if (shut.isPresent()) {
            return shut.get();
        }
        Optional<Verdict> other = otherRouter(facts);
        if (other.isPresent()) {
            return other.get();
        }
        if (any(attempts, ProbeOutcome.UNFINISHED)) {
            return Verdict.open(
                            Cause.SEARCH_UNFINISHED,
                            Message.of("doctor.search-unfinished"),
                            Message.of("doctor.search-unfinished-next"))
                    .because(told(attempts, ProbeOutcome.UNFINISHED));
        }
        if (any(attempts, ProbeOutcome.INCAPABLE)) {
            return Verdict.likely(
                            Cause.ANSWERS_BUT_NO_FORWARDING, Message.of("doctor.answers-but-no-forwarding"), remedy)
                    .because(told(attempts, ProbeOutcome.INCAPABLE));
        }
        List<ProbeAttempt> ofRouters = attempts.stream()
                .filter(attempt -> !attempt.detail().key().equals(OTHER_DEVICE))
                .toList();
        if (any(ofRouters, ProbeOutcome.REJECTED)) {
            return Verdict.likely(
                            Cause.ANSWERS_NONSENSE,
                            Message.of("doctor.answers-nonsense"),
                            Message.of("doctor.answers-nonsense-next", "remedy", remedy))
                    .because(told(ofRouters, ProbeOutcome.REJECTED));
        }
        if (facts.isIpv6Alone()) {
            String port = facts.port().map(Facts.OfPort::typed).orElse("PORT");
            return Verdict.open(
                            Cause.SILENT,
                            Message.of("doctor.ipv6-silent"),
                            Message.of("doctor.ipv6-silent-next", "port", port))
                    .because(told(attempts, ProbeOutcome.SILENT));
        }
        Optional<Verdict> keptOut = keptOut(facts);
        if (keptOut.isPresent()) {
            return keptOut.get();
        }
        if (!facts.neighbourHeard() && facts.home().isPresent()) {
            return Verdict.likely(
                    Cause.ROUTER_UNREACHABLE,
                    Message.of("doctor.router-unreachable", "gateway", gateway),
                    Message.of("doctor.router-unreachable-next"),
                    Message.of("doctor.router-unreachable-seen"));
        }
        if (facts.replies().searched() instanceof FirewallState.Closed(var firewall, var command)) {
            return Verdict.open(
                    Cause.SILENT_OR_OWN_FIREWALL,
                    Message.of("doctor.silent-or-own-firewall", "firewall", firewall),
                    Message.of("doctor.silent-or-own-firewall-next", "gateway", gateway),
                    Message.of("doctor.silent-or-own-firewall-seen", "command", command));
        }
        if (any(attempts, ProbeOutcome.UNREACHABLE)) {
            return Verdict.open(Cause.SWITCHED_OFF, Message.of("doctor.switched-off"), remedy)
                    .because(told(attempts, ProbeOutcome.UNREACHABLE));
        }
        return Verdict.open(
                        Cause.SILENT, Message.of("doctor.silent"), Message.of("doctor.silent-next", "remedy", remedy))
                .because(told(attempts, ProbeOutcome.SILENT));
    }

    /** A search was answered, and nothing that was asked of the router itself by TCP. */
    private static Optional<Verdict> ofOwnRules(Facts facts) {
        return facts.replies().questions() instanceof FirewallState.Closed
                ? Optional.of(keptIn(facts))
                : keptOut(facts);
    }

    private static Optional<Verdict> keptOut(Facts facts) {
        return facts.replies().answers() instanceof FirewallState.Closed(var firewall, var command)
                ? Optional.of(Verdict.likely(
                        Cause.OWN_FIREWALL_KEEPS_OUT,
                        Message.of("doctor.own-firewall-keeps-out", "firewall", firewall),
                        Message.of("doctor.own-firewall-keeps-out-next", "command", command)))
                : Optional.empty();
    }

    /** The kernel itself says that a rule of this machine keeps the questions in, or its rules do. */
    static Verdict keptIn(Facts facts) {
        String gateway =
                facts.home().flatMap(LocalRoute::gateway).map(Addresses::text).orElse("ROUTER");
        return Verdict.certain(
                        Cause.OWN_FIREWALL_KEEPS_IN,
                        Message.of("doctor.own-firewall-keeps-in"),
                        facts.replies().questions() instanceof FirewallState.Closed(var firewall, var command)
                                ? Message.of(
                                        "doctor.own-firewall-keeps-in-by", "firewall", firewall, "command", command)
                                : Message.of("doctor.own-firewall-keeps-in-next", "gateway", gateway))
                .because(told(facts.survey().attempts(), ProbeOutcome.KEPT_IN));
    }

    /** Gateways were found, and none of them is this machine's way to the internet. */
    static Optional<Verdict> otherRouter(Facts facts) {
        boolean theGatewayAnswers =
                facts.survey().seen().stream().anyMatch(seen -> seen.info().isDefault());
        Optional<ProbeAttempt> heard = facts.survey().attempts().stream()
                .filter(attempt -> attempt.outcome() == ProbeOutcome.OTHER_ROUTER)
                .findFirst();
        return theGatewayAnswers ? Optional.empty() : heard.map(attempt -> otherRouter(facts, attempt));
    }

    /** Gateways were found by looking on every network, and where a command asks without being told to, none is. */
    static Optional<Verdict> elsewhere(Facts facts) {
        boolean theGatewayAnswers =
                facts.survey().seen().stream().anyMatch(seen -> seen.info().isDefault());
        return facts.survey().seen().stream()
                .filter(ignored -> !theGatewayAnswers)
                .findFirst()
                .map(seen -> other(facts, Addresses.text(seen.info().id().address())));
    }

    private static Verdict other(Facts facts, String address) {
        return Verdict.open(
                Cause.OTHER_ROUTER_ANSWERS,
                Message.of("doctor.other-router", "gateway", gateway(facts), "address", address),
                next(facts, address));
    }

    private static String gateway(Facts facts) {
        return facts.home().flatMap(LocalRoute::gateway).map(Addresses::text).orElse("");
    }

    private static Message next(Facts facts, String address) {
        String port = facts.port().map(Facts.OfPort::typed).orElse("PORT");
        return Message.of("doctor.other-router-next", "port", port, "address", address);
    }

    private static Verdict otherRouter(Facts facts, ProbeAttempt attempt) {
        String address = attempt.other().map(Addresses::text).orElse("");
        return attempt.detail().key().equals("upnp.floating-gateway")
                ? Verdict.likely(
                        Cause.FLOATING_GATEWAY,
                        Message.of("doctor.floating-gateway", "gateway", gateway(facts), "address", address),
                        next(facts, address),
                        Message.of("doctor.floating-gateway-seen"))
                : other(facts, address);
    }

    /** Where UPnP is switched on in this make of router. */
    static Message switchOn(RouterGuide guide) {
        return guide.upnp()
                .map(upnp -> PageWords.path(upnp.path()))
                .map(menus -> GuideCatalog.isGeneric(guide)
                        ? Message.of("doctor.switch-on-anywhere", "menus", menus)
                        : Message.of("doctor.switch-on", "router", guide.name(), "menus", menus))
                .orElseGet(() -> Message.of("doctor.no-switch"));
    }

    private static boolean any(List<ProbeAttempt> attempts, ProbeOutcome outcome) {
        return attempts.stream().anyMatch(attempt -> attempt.outcome() == outcome);
    }

    private static List<Message> told(List<ProbeAttempt> attempts, ProbeOutcome outcome) {
        return attempts.stream()
                .filter(attempt -> attempt.outcome() == outcome)
                .limit(MOST_ATTEMPTS)
                .map(attempt -> Message.of("doctor.attempt", "asked", attempt.asked(), "detail", attempt.detail()))
                .toList();
    }
}
