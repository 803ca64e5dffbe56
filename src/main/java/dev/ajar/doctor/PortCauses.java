package dev.ajar.doctor;

import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.system.host.FirewallState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Causes that concern one port: on the router, and on this machine. */
final class PortCauses {
    private PortCauses() {}

    static List<Verdict> of(Facts facts, Facts.OfPort port) {
        List<Verdict> all = new ArrayList<>();
        facts.manualRule(port.wanted())
                .map(rule -> byHand(rule, port))
                .or(() -> formerAddress(facts, port))
                .or(() -> astray(facts, port))
                .or(() -> dropped(facts, port))
                .or(() -> port.trial().report().flatMap(report -> TrialCauses.of(facts, port, report)))
                .ifPresent(all::add);
        listening(port.listening()).ifPresent(all::add);
        firewall(port).ifPresent(all::add);
        if (facts.isOpenOverIpv6(port.wanted()) || port.shutOverIpv6().isPresent()) {
            all.add(port.shutOverIpv6()
                    .map(shut -> Verdict.likely(Cause.SHUT_OVER_IPV6, shut.found(), shut.next()))
                    .orElseGet(() -> Verdict.likely(
                            Cause.OPEN_OVER_IPV6,
                            Message.of("internet.over-ipv6"),
                            Message.of("doctor.over-ipv6-next"))));
        }
        if (port.trial().dangerous()) {
            all.add(Verdict.open(
                    Cause.NOT_TRIED,
                    Message.of("doctor.not-tried", "port", port.wanted().label()),
                    Message.of("doctor.not-tried-next")));
        }
        if (port.trial().leftOpen()) {
            all.add(Verdict.certain(
                    Cause.TRIAL_LEFT_OPEN,
                    Message.of("doctor.trial-left-open"),
                    Message.of("doctor.trial-left-open-next", "port", port.external())));
        }
        return all;
    }

    /** Whether the router is known to open the port: it has just done so, or its list shows it. */
    static boolean isTaken(Facts facts, Facts.OfPort port) {
        boolean granted = port.trial()
                .report()
                .filter(report -> report.firstFailure().isEmpty() && report.isAnyOpen())
                .isPresent();
        return granted
                || (facts.isIpv6Alone() && facts.isOpenOverIpv6(port.wanted()))
                || facts.entries(port.wanted()).stream().anyMatch(entry -> port.isHere(entry) && entry.enabled());
    }

    /** ajar cannot see a rule on the router's page, it only knows where the rule leads. */
    private static Verdict byHand(ReportedMapping rule, Facts.OfPort port) {
        String typed = port.typed();
        return port.isMisdirected(rule)
                ? Verdict.certain(
                        Cause.POINTS_TO_FORMER_ADDRESS,
                        Message.of(
                                "doctor.rule-points-elsewhere",
                                "internal",
                                rule.internal(),
                                "here",
                                Addresses.text(port.here())),
                        Message.of("doctor.rule-points-elsewhere-next", "port", typed))
                : Verdict.open(
                        Cause.MADE_BY_HAND,
                        Message.of("doctor.made-by-hand", "port", port.wanted().label()),
                        Message.of("doctor.made-by-hand-next", "typed", typed));
    }

    /** The router's entry leads to this machine, and not to the program. */
    private static Optional<Verdict> astray(Facts facts, Facts.OfPort port) {
        Optional<ObservedMapping> here =
                facts.entries(port.wanted()).stream().filter(port::isHere).findFirst();
        Message seen = Message.of("doctor.port-lost-seen");
        return here.filter(entry -> !entry.enabled())
                .map(entry -> Verdict.certain(
                        Cause.RULE_SWITCHED_OFF,
                        Message.of(
                                "doctor.rule-switched-off",
                                "port",
                                port.wanted().label()),
                        Message.of("doctor.rule-switched-off-next", "typed", port.typed()),
                        seen))
                .or(() -> here.filter(entry -> !entry.internalPort().equals(port.internal()))
                        .map(entry -> Verdict.certain(
                                Cause.POINTS_TO_ANOTHER_PORT,
                                Message.of(
                                        "doctor.points-to-another-port",
                                        "port",
                                        port.wanted().label(),
                                        "internal",
                                        entry.internalPort()),
                                Message.of(
                                        "doctor.points-to-another-port-next",
                                        "inside",
                                        entry.internalPort(),
                                        "other",
                                        port.another(),
                                        "internal",
                                        port.internal()),
                                seen)));
    }

    private static Optional<Verdict> dropped(Facts facts, Facts.OfPort port) {
        if (!facts.isRecorded(port.wanted()) && facts.former(port.wanted()).isEmpty()) {
            return Optional.empty();
        }
        List<ObservedMapping> entries = facts.entries(port.wanted());
        if (!entries.isEmpty()) {
            return Optional.of(entries.getFirst())
                    .filter(entry -> !port.isHere(entry) && !facts.hidesClient(entry))
                    .map(entry -> lost(port, entry.internalClient()));
        }
        Optional<RouterText> other = facts.otherClient(port);
        if (other.isPresent()) {
            return other.map(client -> lost(port, client));
        }
        if (!facts.isListWhole(port.wanted())) {
            return Optional.empty();
        }
        Message title = Message.of("doctor.dropped", "port", port.wanted().label());
        Message next = Message.of("doctor.dropped-next", "typed", port.typed());
        Message seen = Message.of("doctor.dropped-seen");
        return Optional.of(
                facts.isOfList(port.wanted())
                        ? Verdict.certain(Cause.DROPPED, title, next, seen)
                        : Verdict.likely(Cause.DROPPED, title, next, seen));
    }

    private static Verdict lost(Facts.OfPort port, RouterText client) {
        return Verdict.certain(
                Cause.PORT_TAKEN,
                Message.of("doctor.port-lost", "port", port.external(), "client", client),
                Message.of("doctor.port-lost-next", "other", port.another(), "internal", port.internal()),
                Message.of("doctor.port-lost-seen"));
    }

    /**
     * What ajar opened leads to an address this machine no longer has: certain where the router lists it, and likely by
     * ajar's record alone. A list that is whole and has nothing of the port shows that the router has dropped it.
     */
    private static Optional<Verdict> formerAddress(Facts facts, Facts.OfPort port) {
        List<ObservedMapping> entries = facts.entries(port.wanted());
        Optional<Verdict> listed = entries.stream()
                .filter(entry -> !port.isHere(entry))
                .filter(entry -> facts.survey().ownEntries().contains(entry) && !facts.hidesClient(entry))
                .map(entry -> formerAddress(
                        port, Certainty.CERTAIN, entry.internalClient().display(), end(entries)))
                .findFirst();
        return listed.or(() -> facts.former(port.wanted())
                .filter(opened -> entries.isEmpty() && !facts.isListWhole(port.wanted()))
                .map(opened -> formerAddress(
                        port, Certainty.LIKELY, Addresses.text(opened.internal().address()), end(entries))));
    }

    private static Verdict formerAddress(Facts.OfPort port, Certainty certainty, String client, Message end) {
        return new Verdict(
                Cause.POINTS_TO_FORMER_ADDRESS,
                certainty,
                Message.of(
                        "doctor.points-to-former-address", "port", port.wanted().label(), "client", client),
                Message.of(
                        "doctor.former-address-next",
                        "typed",
                        port.typed(),
                        "ports",
                        port.typedOutside(port.another()),
                        "address",
                        client),
                List.of(Message.of("doctor.points-to-former-address-seen", "here", Addresses.text(port.here())), end));
    }

    private static Message end(List<ObservedMapping> entries) {
        return entries.stream()
                .flatMap(entry -> entry.lease().stream())
                .filter(LeaseDuration.Finite.class::isInstance)
                .findFirst()
                .map(left -> Message.of("doctor.former-address-ends", "time", left.text()))
                .orElseGet(() -> Message.of("doctor.former-address-end-in-status"));
    }

    private static Optional<Verdict> listening(ListenerState listening) {
        return switch (listening) {
            case ListenerState.Unknown ignored -> Optional.empty();
            case ListenerState.SentOn ignored -> Optional.empty();
            case ListenerState.Absent absent ->
                absent.isForUdp() ? overOther(listening, absent) : unreachable(Cause.NOBODY_LISTENS, listening);
            case ListenerState.OverOther(ListenerState.Absent here) -> overOther(listening, here);
            case ListenerState.SentToNone ignored -> unreachable(Cause.NOBODY_LISTENS, listening);
            case ListenerState.OfOtherVersion ignored -> unreachable(Cause.LISTENS_ELSEWHERE, listening);
            case ListenerState.LoopbackOnly ignored -> unreachable(Cause.LISTENS_ON_LOOPBACK, listening);
            case ListenerState.OnOtherAddress ignored -> unreachable(Cause.LISTENS_ELSEWHERE, listening);
            case ListenerState.Present ignored ->
                listening
                        .hint()
                        .map(hint ->
                                Verdict.likely(Cause.ANOTHER_SERVICE, hint, Message.of("doctor.another-service-next")));
        };
    }

    private static Optional<Verdict> overOther(ListenerState listening, ListenerState.Absent here) {
        return listening.hint().map(hint -> Verdict.certain(Cause.NOBODY_LISTENS, hint, here.otherProtocol()));
    }

    private static Optional<Verdict> unreachable(Cause cause, ListenerState listening) {
        return listening.hint().map(hint -> Verdict.certain(cause, hint, Message.of("doctor.not-listening-next")));
    }

    /** This machine's own firewall keeps a port closed that ajar has opened, where the user named none. */
    static Optional<Verdict> barred(Facts facts) {
        return facts.barred().stream()
                .findFirst()
                .flatMap(one -> firewall(one.state(), one.port())
                        .map(verdict -> one.alone()
                                ? new Verdict(
                                        verdict.cause(),
                                        verdict.certainty(),
                                        Message.of(
                                                "answers.over",
                                                "version",
                                                one.ipVersion().label(),
                                                "what",
                                                verdict.title()),
                                        verdict.next(),
                                        verdict.because())
                                : verdict));
    }

    private static Optional<Verdict> firewall(Facts.OfPort port) {
        return firewall(port.firewall(), port.internal());
    }

    private static Optional<Verdict> firewall(FirewallState state, Port port) {
        return switch (state) {
            case FirewallState.Open ignored -> Optional.empty();
            case FirewallState.Closed(var firewall, var command) ->
                Optional.of(Verdict.likely(
                        Cause.HOST_FIREWALL,
                        Message.of("doctor.host-firewall", "firewall", firewall, "port", port),
                        Message.of("doctor.host-firewall-next", "command", command)));
            case FirewallState.KeepsAnswers(var firewall, var command) ->
                Optional.of(Verdict.likely(
                        Cause.HOST_FIREWALL,
                        Message.of("doctor.host-firewall-answers", "firewall", firewall, "port", port),
                        Message.of("doctor.host-firewall-answers-next", "command", command)));
            case FirewallState.Unknown(var why, var command) ->
                Optional.of(Verdict.open(
                        Cause.FIREWALL_UNKNOWN,
                        Message.of("doctor.firewall-unknown", "why", why),
                        command.isEmpty()
                                ? Message.of("doctor.firewall-unknown-next")
                                : Message.of("doctor.firewall-unknown-look", "command", command)));
        };
    }
}
