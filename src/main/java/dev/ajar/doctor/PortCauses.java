package dev.ajar.doctor;

import dev.ajar.gateway.MappingTable;
import dev.ajar.mapping.RouterSurvey;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.system.host.FirewallState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one port: on the router, and on this machine. */
final class PortCauses {
    private PortCauses() {}

    static List<Verdict> of(Facts facts, Facts.OfPort port) {
        List<Verdict> all = new ArrayList<>();
        Optional<Verdict> table = byHand(facts, port).or(() -> table(facts, port));
        table.ifPresent(all::add);
        if (table.isEmpty()) {
            port.trial().flatMap(report -> TrialCauses.of(facts, port, report)).ifPresent(all::add);
        }
        listening(port.listening()).ifPresent(all::add);
        firewall(port).ifPresent(all::add);
        port.untried()
                .ifPresent(why -> all.add(Verdict.open(
                        "not_tried",
                        "Whether the router would open " + port.wanted().label() + " was not tried: " + why + ".",
                        "What is safer: ajar presets")));
        if (port.leftOpen()) {
            all.add(Verdict.certain(
                    "trial_left_open",
                    "What was opened to try it could not be closed again.",
                    "Close it: ajar close " + port.wanted().externalPort()));
        }
        return all;
    }

    /** Whether the router is known to take the port: it has just done so, or its list shows it. */
    static boolean isTaken(Facts facts, Facts.OfPort port) {
        boolean granted = port.trial()
                .filter(report -> report.firstFailure().isEmpty() && report.isAnyOpen())
                .isPresent();
        return granted
                || facts.survey().seen().stream()
                        .flatMap(seen -> entry(seen, port).stream())
                        .anyMatch(entry -> isHere(entry, port) && entry.enabled());
    }

    /** A rule that somebody made is out of sight; only where it leads is known. */
    private static Optional<Verdict> byHand(Facts facts, Facts.OfPort port) {
        return facts.survey().manualRules().stream()
                .filter(rule ->
                        rule.isFor(port.wanted().protocol(), port.wanted().externalPort()))
                .findFirst()
                .map(rule -> rule.isMisdirected(port.here())
                        ? Verdict.certain(
                                "points_to_former_address",
                                "The rule you made by hand leads to "
                                        + rule.internal()
                                        + ", and this machine is "
                                        + port.here().getHostAddress()
                                        + " now.",
                                "Change it on the router's page, and keep the address there: ajar guide "
                                        + port.wanted().typed())
                        : Verdict.open(
                                "made_by_hand",
                                "You forwarded "
                                        + port.wanted().label()
                                        + " by hand; the router's page is out of ajar's sight.",
                                "Look there that the rule is switched on: ajar guide "
                                        + port.wanted().typed()));
    }

    /** What the router's list says of a port that ajar opened. */
    private static Optional<Verdict> table(Facts facts, Facts.OfPort port) {
        return formerAddress(facts, port).or(() -> dropped(facts, port));
    }

    private static Optional<Verdict> dropped(Facts facts, Facts.OfPort port) {
        boolean held = facts.survey().mappingRecords().stream()
                .anyMatch(mappingRecord -> mappingRecord.protocol()
                                == port.wanted().protocol()
                        && mappingRecord.externalPort().equals(port.wanted().externalPort()));
        Optional<ObservedMapping> there = facts.survey().seen().stream()
                .flatMap(seen -> entry(seen, port).stream())
                .findFirst();
        boolean whole = facts.survey().seen().stream()
                .flatMap(seen -> seen.table().stream())
                .anyMatch(MappingTable::whole);
        if (!held || (there.isEmpty() && !whole)) {
            return Optional.empty();
        }
        String again = "ajar open " + port.wanted().typed();
        if (there.isEmpty()) {
            return Optional.of(Verdict.certain(
                    "dropped",
                    "ajar had opened " + port.wanted().label() + ", and the router has dropped it.",
                    "Open it again: " + again + ". To have that done by itself: ajar daemon",
                    "it is not in the router's list"));
        }
        return isHere(there.get(), port)
                ? Optional.empty()
                : Optional.of(Verdict.certain(
                        "port_taken",
                        "External port "
                                + port.wanted().externalPort()
                                + " now belongs to "
                                + there.get().internalClient()
                                + ".",
                        "Close it there, or take another external port: ajar open OTHER:"
                                + port.wanted().target().port(),
                        "the router's list shows it"));
    }

    /** An entry under our name that leads to an address this machine no longer has. */
    private static Optional<Verdict> formerAddress(Facts facts, Facts.OfPort port) {
        return facts.survey().seen().stream()
                .flatMap(seen -> entry(seen, port).stream())
                .filter(entry -> !isHere(entry, port))
                .filter(entry -> facts.survey().mappingRecords().stream()
                        .anyMatch(mappingRecord ->
                                mappingRecord.matches(mappingRecord.claim().gateway(), entry)))
                .findFirst()
                .map(entry -> Verdict.certain(
                        "points_to_former_address",
                        "The router forwards "
                                + port.wanted().label()
                                + " to "
                                + entry.internalClient()
                                + ", an address this machine had before.",
                        "Open it anew: ajar open "
                                + port.wanted().typed()
                                + ". And keep the address: ajar guide "
                                + port.wanted().typed()
                                + " shows where.",
                        "this machine is " + port.here().getHostAddress() + " now"));
    }

    private static Optional<ObservedMapping> entry(RouterSurvey.Seen seen, Facts.OfPort port) {
        Port external = port.wanted().externalPort();
        return seen.table().stream()
                .flatMap(table -> table.entries().stream())
                .filter(entry -> entry.protocol() == port.wanted().protocol())
                .filter(entry -> entry.externalPort().equals(external))
                .findFirst();
    }

    private static boolean isHere(ObservedMapping entry, Facts.OfPort port) {
        return entry.internalClient().raw().strip().equals(port.here().getHostAddress());
    }

    private static Optional<Verdict> listening(ListenerState listening) {
        String next = "Start it or correct its settings, then run ajar doctor again.";
        Optional<String> hint = listening.hint();
        return switch (listening) {
            case ListenerState.Unknown ignored -> Optional.empty();
            case ListenerState.Absent nobody -> Optional.of(Verdict.certain("nobody_listens", hint.orElse(""), next));
            case ListenerState.LoopbackOnly ignored ->
                Optional.of(Verdict.certain("listens_on_loopback", hint.orElse(""), next));
            case ListenerState.OnOtherAddress ignored ->
                Optional.of(Verdict.certain("listens_elsewhere", hint.orElse(""), next));
            case ListenerState.Present one ->
                hint.map(text -> Verdict.likely(
                        "another_service", text, "If it is not, name the right one: ajar open EXTERNAL:INTERNAL"));
        };
    }

    private static Optional<Verdict> firewall(Facts.OfPort port) {
        return switch (port.firewall()) {
            case FirewallState.Open ignored -> Optional.empty();
            case FirewallState.Closed(String by, String remedy) ->
                Optional.of(Verdict.likely(
                        "host_firewall",
                        "This machine's own firewall ("
                                + by
                                + ") keeps strangers out of port "
                                + port.wanted().target().port()
                                + ".",
                        "Let them in: " + remedy));
            case FirewallState.Unknown(String why, String look) ->
                Optional.of(Verdict.open(
                        "firewall_unknown",
                        "Whether this machine's own firewall lets strangers in cannot be seen: " + why + ".",
                        look.isEmpty() ? "Look in its settings." : "Look: " + look));
        };
    }
}
