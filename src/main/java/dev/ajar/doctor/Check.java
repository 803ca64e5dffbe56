package dev.ajar.doctor;

import dev.ajar.catalog.WellKnownService;
import dev.ajar.mapping.RouterSurvey;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Reachability;
import dev.ajar.state.ManualRule;
import dev.ajar.system.host.FirewallState;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that has to be right for a port to be reachable.
 *
 * @param id its name, for programs
 * @param text what was found, as a sentence
 * @param next what to do; empty where nothing has to be done
 */
public record Check(String id, Result result, String text, Optional<String> next) {
    /** What came of it. */
    public enum Result {
        GOOD,
        BAD,
        /** It cannot be told from inside. */
        UNKNOWN;

        /** The name in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From the program outwards. Pure. */
    public static List<Check> of(Facts facts, Facts.OfPort port) {
        return List.of(listens(port), firewall(port), mapping(facts, port), address(facts), fromHome());
    }

    private static Check good(String id, String text) {
        return new Check(id, Result.GOOD, text, Optional.empty());
    }

    private static Check bad(String id, String text, String next) {
        return new Check(id, Result.BAD, text, Optional.of(next));
    }

    private static Check unknown(String id, String text, String next) {
        return new Check(id, Result.UNKNOWN, text, Optional.of(next));
    }

    private static Check listens(Facts.OfPort port) {
        String id = "listens";
        String hint = port.listening().hint().orElse("");
        return switch (port.listening()) {
            case ListenerState.Unknown ignored ->
                unknown(
                        id,
                        "Whether something listens cannot be seen on this system.",
                        "Look whether the server runs.");
            case ListenerState.Absent ignored -> bad(id, hint, "Start the server.");
            case ListenerState.LoopbackOnly ignored -> bad(id, hint, "Change its settings.");
            case ListenerState.OnOtherAddress ignored -> bad(id, hint, "Change its settings.");
            case ListenerState.Present one ->
                one.isAnother()
                        ? unknown(id, hint, "If it is the wrong one: ajar open EXTERNAL:INTERNAL")
                        : good(
                                id,
                                "Something listens on "
                                        + port.wanted().protocol().label()
                                        + " "
                                        + port.wanted().target().port()
                                        + one.spoken()
                                                .map(WellKnownService::name)
                                                .map(name -> ", " + name)
                                                .orElse("")
                                        + one.said()
                                                .map(text -> " (it said \"" + text + "\")")
                                                .orElse("")
                                        + ".");
        };
    }

    private static Check firewall(Facts.OfPort port) {
        String id = "host_firewall";
        return switch (port.firewall()) {
            case FirewallState.Open ignored -> good(id, "This machine's own firewall lets strangers in.");
            case FirewallState.Closed(String by, String remedy) ->
                bad(id, "This machine's own firewall (" + by + ") keeps strangers out.", remedy);
            case FirewallState.Unknown(String why, String look) ->
                unknown(id, "Firewall of this machine: " + why + ".", look);
        };
    }

    private static Check mapping(Facts facts, Facts.OfPort port) {
        String id = "mapping";
        Port external = port.wanted().externalPort();
        Optional<ManualRule> byHand = facts.survey().manualRules().stream()
                .filter(rule -> rule.isFor(port.wanted().protocol(), external))
                .findFirst();
        if (byHand.isPresent()) {
            return byHand(id, byHand.get(), port.here());
        }
        if (facts.survey().seen().isEmpty()) {
            return unknown(
                    id,
                    "No router answers, so whether it forwards the port cannot be seen.",
                    "ajar doctor says why; ajar guide " + port.wanted().typed() + " shows the way by hand.");
        }
        Optional<ObservedMapping> entry = facts.survey().seen().stream()
                .map(RouterSurvey.Seen::table)
                .flatMap(Optional::stream)
                .flatMap(table -> table.entries().stream())
                .filter(one -> one.protocol() == port.wanted().protocol())
                .filter(one -> one.externalPort().equals(external))
                .findFirst();
        if (entry.isPresent()) {
            ObservedMapping there = entry.get();
            String where = there.internalClient() + ":" + there.internalPort();
            boolean here =
                    there.internalClient().raw().strip().equals(port.here().getHostAddress());
            boolean inside = there.internalPort().equals(port.wanted().target().port());
            return here && inside && there.enabled()
                    ? good(id, "The router forwards it to " + where + ", this machine.")
                    : bad(
                            id,
                            "The router forwards it to "
                                    + where
                                    + (!there.enabled()
                                            ? ", and has switched that off."
                                            : here ? ", another port of this machine." : ", another device."),
                            "ajar doctor " + port.wanted().typed());
        }
        boolean held = facts.survey().mappingRecords().stream()
                .anyMatch(mappingRecord ->
                        mappingRecord.protocol() == port.wanted().protocol()
                                && mappingRecord.externalPort().equals(external));
        boolean listed =
                facts.survey().seen().stream().anyMatch(seen -> seen.table().isPresent());
        if (held && !listed) {
            return good(id, "The router has granted it; its list cannot be read in this protocol.");
        }
        String again = "ajar open " + port.wanted().typed();
        return held
                ? bad(id, "ajar had opened it, and the router has dropped it.", again)
                : bad(
                        id,
                        "The router's list does not show it; a rule made by hand need not stand there.",
                        again + ", or if you made the rule on the router's page: " + again + " --method manual");
    }

    private static Check byHand(String id, ManualRule rule, InetAddress here) {
        return rule.isMisdirected(here)
                ? bad(
                        id,
                        "You forwarded it by hand to "
                                + rule.internal()
                                + ", and this machine is "
                                + here.getHostAddress()
                                + " now.",
                        "Change the rule on the router's page; ajar guide "
                                + rule.externalPort()
                                + " shows where, and how to keep the address.")
                : unknown(
                        id,
                        "You forwarded it by hand to "
                                + rule.internal()
                                + "; the router's page is out of ajar's sight.",
                        "Look there that the rule is switched on.");
    }

    private static Check address(Facts facts) {
        String id = "public_address";
        Optional<InetAddress> address = facts.survey().seen().stream()
                .flatMap(seen -> seen.address().stream())
                .findFirst();
        String text = address.map(InetAddress::getHostAddress).orElse("");
        return switch (Reachability.of(address)) {
            case PUBLIC -> good(id, "The router's internet address " + text + " is public.");
            case PRIVATE ->
                bad(
                        id,
                        "The router's address " + text + " is not on the internet: there is a second router.",
                        "ajar doctor");
            case CARRIER_GRADE ->
                bad(id, "The provider shares one address among customers (" + text + ").", "ajar doctor");
            case UNKNOWN -> unknown(id, "The router's internet address is not known.", "ajar doctor");
        };
    }

    private static Check fromHome() {
        return unknown(
                "from_outside",
                "Whether it works from outside cannot be tried from here: many routers do not let their own network in by the internet address.",
                "Let a friend try, or your phone with Wi-Fi off.");
    }
}
