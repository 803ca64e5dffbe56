package dev.ajar.doctor;

import dev.ajar.catalog.WellKnownService;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.InternetSide;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.FirewallState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One condition for a port to be reachable.
 *
 * @param id its name, for programs
 * @param text what was found, as a sentence
 * @param next what to do; empty where nothing has to be done
 */
public record Check(String id, Result result, Message text, Optional<Message> next) {
    /** Whether the condition holds. */
    public enum Result {
        GOOD,
        BAD,
        /** It cannot be seen from inside the network. */
        UNKNOWN;

        /** The name in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** From the program outwards. Pure. */
    public static List<Check> of(Facts facts, Facts.OfPort port) {
        List<Check> all = new ArrayList<>(
                List.of(listens(port), firewall(port), mapping(facts, port), address(facts), fromOutside(facts, port)));
        if (facts.isOpenOverIpv6(port.wanted()) || port.shutOverIpv6().isPresent()) {
            all.add(port.shutOverIpv6()
                    .map(shut -> unknown("over_ipv6", shut.found(), shut.next()))
                    .orElseGet(() -> good("over_ipv6", Message.of("internet.over-ipv6"))));
        }
        return List.copyOf(all);
    }

    private static Check good(String id, Message text) {
        return new Check(id, Result.GOOD, text, Optional.empty());
    }

    private static Check bad(String id, Message text, Message next) {
        return new Check(id, Result.BAD, text, Optional.of(next));
    }

    private static Check unknown(String id, Message text, Message next) {
        return new Check(id, Result.UNKNOWN, text, Optional.of(next));
    }

    private static Check listens(Facts.OfPort port) {
        String id = "listens";
        Optional<Message> hint = port.listening().hint();
        return switch (port.listening()) {
            case ListenerState.Unknown ignored ->
                unknown(id, Message.of("check.listens-unknown"), Message.of("check.listens-unknown-next"));
            case ListenerState.SentOn(TransportProtocol protocol, Port sentOn) ->
                good(id, Message.of("check.listens-sent-on", "protocol", protocol.label(), "port", sentOn));
            case ListenerState.Absent absent ->
                bad(
                        id,
                        hint.orElseThrow(),
                        absent.isForUdp() ? absent.otherProtocol() : Message.of("check.start-server"));
            case ListenerState.OverOther(ListenerState.Absent here) ->
                bad(id, hint.orElseThrow(), here.otherProtocol());
            case ListenerState.LoopbackOnly ignored -> bad(id, hint.orElseThrow(), Message.of("check.change-settings"));
            case ListenerState.SentToNone ignored -> bad(id, hint.orElseThrow(), Message.of("check.start-server"));
            case ListenerState.OfOtherVersion ignored ->
                bad(id, hint.orElseThrow(), Message.of("check.change-settings"));
            case ListenerState.OnOtherAddress ignored ->
                bad(id, hint.orElseThrow(), Message.of("check.change-settings"));
            case ListenerState.Present present ->
                hint.map(text -> unknown(id, text, Message.of("check.another-service-next")))
                        .orElseGet(() -> good(id, listener(present)));
        };
    }

    private static Message listener(ListenerState.Present present) {
        String protocol = present.protocol().label();
        if (present.said().isEmpty()) {
            return Message.of("check.listens", "protocol", protocol, "port", present.port());
        }
        String said = present.said().get();
        return present.spoken()
                .map(WellKnownService::name)
                .map(service -> Message.of(
                        "check.listens-service",
                        "protocol",
                        protocol,
                        "port",
                        present.port(),
                        "service",
                        service,
                        "said",
                        said))
                .orElseGet(() ->
                        Message.of("check.listens-said", "protocol", protocol, "port", present.port(), "said", said));
    }

    private static Check firewall(Facts.OfPort port) {
        String id = "host_firewall";
        return switch (port.firewall()) {
            case FirewallState.Open ignored -> good(id, Message.of("check.firewall-open"));
            case FirewallState.Closed(var firewall, var command) ->
                bad(
                        id,
                        Message.of("check.firewall-closed", "firewall", firewall),
                        Message.of("check.firewall-closed-next", "command", command));
            case FirewallState.KeepsAnswers(var firewall, var command) ->
                bad(
                        id,
                        Message.of("check.firewall-answers", "firewall", firewall),
                        Message.of("check.firewall-closed-next", "command", command));
            case FirewallState.Unknown(var why, var command) ->
                unknown(
                        id,
                        Message.of("check.firewall-unknown", "why", why),
                        command.isEmpty()
                                ? Message.of("check.firewall-unknown-next")
                                : Message.of("check.firewall-unknown-look", "command", command));
        };
    }

    private static Check mapping(Facts facts, Facts.OfPort port) {
        String id = "mapping";
        String typed = port.typed();
        Optional<ReportedMapping> rule = facts.manualRule(port.wanted());
        if (rule.isPresent()) {
            return byHand(id, rule.get(), port);
        }
        Optional<Failure> unused = facts.survey().unused();
        if (facts.survey().seen().isEmpty() && unused.isPresent()) {
            return unknown(
                    id,
                    Message.of("check.router-unused", "why", unused.get().detail()),
                    Message.of("advice.router-look"));
        }
        if (facts.survey().seen().isEmpty()) {
            Verdict silent = NetworkCauses.of(facts).orElseGet(() -> SilenceCauses.of(facts));
            // Two causes that look alike are the doctor's to explain.
            return silent.certainty() == Certainty.CANNOT_TELL
                    ? unknown(id, Message.of("check.no-router"), Message.of("check.no-router-next", "port", typed))
                    : unknown(id, silent.title(), silent.next());
        }
        if (facts.isIpv6Alone()) {
            return facts.isOpenOverIpv6(port.wanted())
                    ? good(id, Message.of("check.opened-over-ipv6"))
                    : bad(id, Message.of("check.not-open-over-ipv6"), Message.of("check.dropped-next", "port", typed));
        }
        List<ObservedMapping> entries = facts.entries(port.wanted());
        if (!entries.isEmpty()) {
            return entry(id, entries.getFirst(), facts, port);
        }
        Optional<ReportedMapping> former = facts.former(port.wanted());
        if (former.isPresent() && !facts.isListWhole(port.wanted())) {
            return bad(
                    id,
                    Message.of("check.forwards-former", "internal", former.get().internal()),
                    Message.of("check.doctor-port", "port", typed));
        }
        if (former.isEmpty() && !facts.isRecorded(port.wanted())) {
            return NetworkCauses.of(facts)
                    .or(() -> SilenceCauses.otherRouter(facts))
                    .map(other -> bad(id, other.title(), other.next()))
                    .orElseGet(() -> bad(
                            id, Message.of("check.not-listed"), Message.of("check.not-listed-next", "port", typed)));
        }
        Optional<Message> other = facts.otherClient(port)
                .map(client -> Message.of("check.forwards-elsewhere", "internal", client.display()));
        if (other.isPresent()) {
            return bad(id, other.get(), Message.of("check.doctor-port", "port", typed));
        }
        return facts.isListWhole(port.wanted())
                ? bad(id, Message.of("check.dropped"), Message.of("check.dropped-next", "port", typed))
                : good(id, Message.of("check.granted"));
    }

    private static Check entry(String id, ObservedMapping entry, Facts facts, Facts.OfPort port) {
        String internal = entry.internalClient() + ":" + entry.internalPort();
        Message next = Message.of("check.doctor-port", "port", port.typed());
        if (!entry.enabled()) {
            return bad(id, Message.of("check.forwards-disabled", "internal", internal), next);
        }
        if (facts.hidesClient(entry)) {
            return good(id, Message.of("check.granted"));
        }
        if (!port.isHere(entry) && facts.survey().ownEntries().contains(entry)) {
            return bad(id, Message.of("check.forwards-former", "internal", internal), next);
        }
        if (!port.isHere(entry)) {
            return bad(id, Message.of("check.forwards-elsewhere", "internal", internal), next);
        }
        return entry.internalPort().equals(port.internal())
                ? good(id, Message.of("check.forwards", "internal", internal))
                : bad(id, Message.of("check.forwards-other-port", "internal", internal), next);
    }

    private static Check byHand(String id, ReportedMapping rule, Facts.OfPort port) {
        return port.isMisdirected(rule)
                ? bad(
                        id,
                        Message.of(
                                "check.rule-misdirected",
                                "internal",
                                rule.internal(),
                                "here",
                                Addresses.text(port.here())),
                        Message.of("check.rule-misdirected-next", "port", rule.externalPort()))
                : unknown(id, Message.of("check.rule", "internal", rule.internal()), Message.of("check.rule-next"));
    }

    private static Check address(Facts facts) {
        String id = "public_address";
        InternetSide side = InternetCauses.side(facts);
        Message next = side.next().orElseGet(() -> Message.of("check.doctor"));
        return switch (side.kind()) {
            case PUBLIC ->
                good(
                        id,
                        Message.of(
                                facts.isIpv6Alone() ? "check.address-ipv6" : "check.address-public",
                                "address",
                                side.address().map(Addresses::text).orElse("")));
            case UNKNOWN -> unknown(id, Message.of("check.address-unknown"), next);
            case NO_ADDRESS -> unknown(id, side.title().orElseThrow(), next);
            case SECOND_ROUTER, SECOND_ROUTER_OR_PROVIDER, CARRIER_GRADE_NAT, DS_LITE, LINE_DOWN ->
                bad(id, side.title().orElseThrow(), next);
        };
    }

    private static Check fromOutside(Facts facts, Facts.OfPort port) {
        String id = "from_outside";
        return facts.detour()
                .map(leave -> new Check(
                        id,
                        leave.detour().isCertain() ? Result.BAD : Result.UNKNOWN,
                        leave.words().found(),
                        Optional.of(leave.words().next())))
                .orElseGet(() -> unknown(id, Message.of("check.from-outside"), friends(facts, port)));
    }

    /**
     * What a friend can do, where that tells something: over UDP a server need not answer a source that it does not
     * know.
     */
    private static Message friends(Facts facts, Facts.OfPort port) {
        InternetSide side = InternetCauses.side(facts);
        boolean open = port.wanted().protocol() == TransportProtocol.TCP
                && side.kind() == InternetSide.Kind.PUBLIC
                && side.address().isPresent()
                && port.listening() instanceof ListenerState.Present
                && firewall(port).result() != Result.BAD
                && mapping(facts, port).result() == Result.GOOD;
        if (!open) {
            return Message.of("check.from-outside-next");
        }
        String address = Addresses.text(side.address().get());
        Port external = port.wanted().externalPort();
        return scheme(port)
                .map(scheme ->
                        Message.of("check.from-outside-browser", "link", scheme + "://" + address + ":" + external))
                .orElseGet(() -> Message.of("check.from-outside-connect", "address", address, "port", external));
    }

    private static Optional<String> scheme(Facts.OfPort port) {
        return port.listening() instanceof ListenerState.Present present
                ? present.expected()
                        .or(present::spoken)
                        .map(WellKnownService::id)
                        .filter(Set.of("http", "https")::contains)
                : Optional.empty();
    }
}
