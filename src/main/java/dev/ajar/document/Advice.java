package dev.ajar.document;

import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.InternetSide;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What to do next, for each failure. */
public final class Advice {
    private static final Set<String> LOGIN_REFUSED = Set.of("admin.wrong-password");
    private static final Set<String> RIGHT_LACKING = Set.of("admin.no-right");

    private static final String OWN_INTERFACE = "admin.";

    /** The certificate is not the one that the owner has confirmed. */
    private static final Set<String> OTHER_KEY = Set.of("http.certificate-changed");

    /** The interface may be reached otherwise by now. */
    private static final Set<String> ELSEWHERE = Set.of("admin.redirect");

    /** What passes by itself. */
    private static final Set<String> FOR_A_WHILE =
            Set.of("admin.apply-pending", "admin.session-lost", "admin.locked", "admin.too-many-tries");

    private Advice() {}

    public static List<Message> of(Failure failure) {
        return of(failure, "EXTERNAL", "PORT", "");
    }

    /** As {@link #of(Failure)}, with the ports of the mapping that failed in the commands. */
    public static List<Message> of(Failure failure, Mapping mapping) {
        return of(failure, mapping, mapping.externalPort().toString(), Optional.empty());
    }

    /**
     * As {@link #of(Failure, Mapping)} of the first of several mappings that failed alike.
     *
     * @param ports all their external ports: {@code 25565-25570}
     * @param relay the rules of {@link RelayRules} for all that was asked for
     */
    public static List<Message> of(Failure failure, Mapping mapping, String ports, Optional<String> relay) {
        String protocol = mapping.protocol() == TransportProtocol.UDP ? "/udp" : "";
        List<Message> advice = of(
                failure,
                mapping.externalPort().toString(),
                mapping.target().port().toString(),
                protocol);
        if (relay.isPresent()) {
            Message all = Message.of("advice.relay", "rule", relay.get());
            advice = advice.stream()
                    .map(one -> one.key().equals(all.key()) ? all : one)
                    .toList();
        }
        boolean mayBeOpen = failure.mayHaveHappened() && !(failure instanceof Failure.LeftOpen);
        return mayBeOpen
                ? Stream.concat(advice.stream(), Stream.of(Message.of("advice.left-open", "port", ports + protocol)))
                        .toList()
                : advice;
    }

    /**
     * As {@link #of(Failure)} where the way by hand is shown as well: without what leads there only by way of other
     * commands.
     */
    public static List<Message> besideByHand(Failure failure) {
        return failure instanceof Failure.NoGateway(var ignored, var remedies) && remedies.isEmpty()
                ? all("advice.switch-on", "advice.doctor")
                : of(failure);
    }

    /** After a port was not closed: how to open one is no advice. */
    public static List<Message> ofClosing(Failure failure) {
        return switch (failure) {
            case Failure.Refused refused -> ofOwnInterface(refused).orElseGet(() -> all("advice.remove-by-hand"));
            case Failure.NoResources ignored -> all("advice.remove-by-hand");
            case Failure.Unsupported ignored -> all("advice.remove-by-hand");
            case Failure.ForeignHostRefused ignored -> all("advice.remove-by-hand");
            case Failure.NoGateway ignored -> of(failure);
            case Failure.NoIpv6 ignored -> of(failure);
            case Failure.NoFirewall ignored -> of(failure);
            case Failure.Unreachable ignored -> of(failure);
            case Failure.TimedOut ignored -> of(failure);
            case Failure.KeptIn ignored -> of(failure);
            case Failure.AddressMismatch ignored -> of(failure);
            case Failure.Conflict ignored -> of(failure);
            case Failure.LeftOpen ignored -> of(failure);
            case Failure.NotAsked ignored -> of(failure);
            case Failure.FormerAddress former -> former.remedies();
            case Failure.SecondNat ignored -> of(failure);
            case Failure.LineDown ignored -> of(failure);
            case Failure.Malformed ignored -> of(failure);
            case Failure.Unsafe ignored -> of(failure);
            case Failure.LocalPort ignored -> of(failure);
            case Failure.Usage ignored -> of(failure);
            case Failure.Busy ignored -> of(failure);
            case Failure.BadConfiguration ignored -> of(failure);
            case Failure.BadState ignored -> of(failure);
        };
    }

    private static List<Message> of(Failure failure, String external, String port, String protocol) {
        return switch (failure) {
            case Failure.NoGateway(var detail, List<Message> remedies) when !remedies.isEmpty() -> remedies;
            case Failure.NoGateway ignored ->
                all("advice.switch-on", "advice.main-router", "advice.doctor", "advice.gateway");
            case Failure.NoIpv6 ignored -> all("advice.ipv6-on", "advice.ipv4");
            case Failure.NoFirewall ignored ->
                all("advice.try-ipv6", "advice.allow-ipv6", "advice.switch-on-ipv6", "advice.ipv4-instead");
            case Failure.Unreachable ignored -> all("advice.connection", "advice.discover");
            case Failure.TimedOut ignored -> all("advice.timeout", "advice.discover");
            case Failure.KeptIn ignored -> all("advice.own-firewall");
            case Failure.AddressMismatch ignored -> all("advice.host-network", "advice.map-host");
            case Failure.Refused refused ->
                ofOwnInterface(refused)
                        .orElseGet(() -> Stream.concat(
                                        all("advice.allow").stream(), higher(external, port + protocol).stream())
                                .toList());
            case Failure.ForeignHostRefused refused ->
                List.of(
                        Message.of(
                                "advice.relay",
                                "rule",
                                external + ":" + Addresses.text(refused.client()) + ":" + port + protocol),
                        Message.of("advice.that-device"),
                        Message.of("advice.or-by-hand"));
            case Failure.Conflict conflict -> conflict(conflict, external, port + protocol);
            case Failure.LeftOpen left ->
                Stream.concat(
                                of(left.cause(), external, port, protocol).stream(),
                                left.ports().stream().map(open -> Message.of("advice.left-open", "port", open)))
                        .toList();
            case Failure.NotAsked not -> of(not.cause(), external, port, protocol);
            case Failure.FormerAddress former -> former.remedies();
            case Failure.SecondNat second -> of(InternetSide.of(second));
            case Failure.LineDown down -> {
                List<Message> side = of(InternetSide.of(down));
                yield isOpen(down)
                        ? Stream.concat(side.stream(), all("advice.line-later").stream())
                                .toList()
                        : side;
            }
            case Failure.NoResources ignored -> all("advice.close-some", "advice.restart");
            case Failure.Unsupported ignored -> all("advice.method", "advice.or-by-hand");
            case Failure.Malformed malformed ->
                ofOwnInterface(malformed)
                        .orElseGet(() -> isPerhapsFull(malformed)
                                ? all("advice.close-some", "advice.restart")
                                : all("advice.method", "advice.restart-report"));
            case Failure.Unsafe unsafe -> List.of(unsafe.remedy());
            case Failure.LocalPort local -> List.of(local.remedy());
            case Failure.Usage ignored -> List.of(Message.of("advice.usage", "command", "open"));
            case Failure.Busy busy -> all(busy.lasting() ? "advice.second-daemon" : "advice.again");
            case Failure.BadConfiguration ignored -> all("advice.config-check", "advice.config-example");
            case Failure.BadState state ->
                state.remedies().isEmpty() ? all("advice.writable", "advice.damaged") : state.remedies();
        };
    }

    /** After a login: the switches for UPnP and the number of the port have nothing to do with it. */
    private static Optional<List<Message>> ofOwnInterface(Failure failure) {
        String reason = reason(failure.detail());
        if (LOGIN_REFUSED.contains(reason)) {
            return Optional.of(all("advice.router-password"));
        }
        if (RIGHT_LACKING.contains(reason)) {
            return Optional.of(all("advice.router-rights"));
        }
        if (OTHER_KEY.contains(reason)) {
            return Optional.of(all("advice.router-trust"));
        }
        if (FOR_A_WHILE.contains(reason)) {
            return Optional.of(all("advice.again"));
        }
        boolean refused = failure instanceof Failure.Refused && reason.startsWith(OWN_INTERFACE);
        return refused || ELSEWHERE.contains(reason) ? Optional.of(all("advice.router-look")) : Optional.empty();
    }

    /** The key of the reason, which some sentences quote. */
    private static String reason(Message detail) {
        return detail.values().stream()
                .filter(value -> value.name().equals("why"))
                .flatMap(value -> value.value() instanceof Message why ? Stream.of(why.key()) : Stream.empty())
                .findFirst()
                .orElse(detail.key());
    }

    /** A port that routers do not refuse for its number, where this may be one that they do. */
    private static Optional<Message> higher(String external, String port) {
        Optional<Port> given = Port.parse(external);
        if (given.isEmpty()) {
            return Optional.of(Message.of("advice.higher-port", "ports", "8443:443"));
        }
        Port higher = given.get().higher();
        return given.get().equals(higher)
                ? Optional.empty()
                : Optional.of(Message.of("advice.higher-port", "ports", higher + ":" + port));
    }

    private static List<Message> conflict(Failure.Conflict conflict, String external, String port) {
        if (isPerhapsFull(conflict)) {
            return List.of(
                    Message.of("advice.close-some"),
                    Message.of("advice.restart"),
                    Message.of("advice.another-port", "port", port));
        }
        // Where its list shows that another device has the port, the number is not the reason.
        Optional<Message> higher =
                conflict.router().isPresent() && conflict.holder().isEmpty() && isNumber(external)
                        ? higher(external, port)
                        : Optional.empty();
        return List.of(
                conflict.offered()
                        .map(free -> Message.of("advice.offered", "offered", free, "port", port))
                        .or(() -> higher)
                        .orElseGet(() -> Message.of("advice.another-port", "port", port)),
                Message.of("advice.any-port"),
                Message.of("advice.list"));
    }

    /** Whether the router has opened the port all the same. */
    private static boolean isOpen(Failure.LineDown down) {
        return down.detail().key().startsWith("mapping.line-down");
    }

    private static boolean isNumber(String external) {
        return external.chars().allMatch(Character::isDigit);
    }

    /** Whether the router may refuse because its list is full. */
    private static boolean isPerhapsFull(Failure failure) {
        return failure.detail().key().equals("upnp.perhaps-full");
    }

    /** Of a port that is open where the internet cannot reach it. */
    public static List<Message> of(OpenResult report) {
        InternetSide side = report.internetSide();
        if (report.line().isPresent() && !side.isByAddress()) {
            return of(report.line().get());
        }
        List<Message> all = new ArrayList<>(of(side));
        if (side.isProviders()) {
            // No router of the user's is in front.
            return List.copyOf(all);
        }
        all.add(
                report.beyond().isEmpty()
                        ? Message.of("advice.upstream")
                        : report.externalAddress()
                                .map(far -> Message.of("advice.in-front", "address", Addresses.text(far)))
                                .orElseGet(() -> Message.of("advice.in-front-unknown")));
        return List.copyOf(all);
    }

    /** Of the router's side towards the internet: why the internet cannot reach it, and what to do. */
    public static List<Message> of(InternetSide side) {
        return both(side.title(), side.next());
    }

    private static List<Message> both(Optional<Message> title, Optional<Message> next) {
        return Stream.concat(title.stream(), next.stream()).toList();
    }

    private static List<Message> all(String... keys) {
        return Stream.of(keys).map(Message::of).toList();
    }
}
