package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.sentence.SentenceJson;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.FailureKind;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.Port;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code error} of documents: English for people and scripts, and beside it what a client needs to say it itself.
 */
public final class FailureJson {
    private static final int DEEPEST = 4;

    /** In seconds: 32 bits, as PCP tells it. */
    private static final long LONGEST_QUIET = 0xFFFF_FFFFL;

    /** More advice than any failure has. */
    private static final int MOST_ADVICE = 16;

    private FailureJson() {}

    public static Map<String, Object> write(Failure failure) {
        List<Message> advice = Advice.of(failure);
        JsonMembers json = new JsonMembers()
                .with("code", failure.kind().code())
                .with("message", failure.detail())
                .with("router_code", failure.router().map(RouterError::code))
                .with("router_text", failure.router().map(said -> said.text().display()))
                .with("advice", advice)
                .with("kind", failure.kind().name().toLowerCase(Locale.ROOT));
        if (!failure.detail().isVerbatim()) {
            json.with("message_sentence", ValueJson.sentence(failure.detail()));
        }
        json.with("advice_sentences", advice.stream().map(ValueJson::sentence).toList());
        failure.router().ifPresent(said -> putSource(json, said));
        putValues(json, failure);
        return json.map();
    }

    private static void putSource(JsonMembers json, RouterError said) {
        json.with("router_method", said.method().key());
        if (!said.quiet().isZero()) {
            json.with("router_quiet_seconds", said.quiet().toSeconds());
        }
    }

    /** A router's error alone. */
    static Map<String, Object> write(RouterError said) {
        JsonMembers json = new JsonMembers()
                .with("router_code", said.code())
                .with("router_text", said.text().display());
        putSource(json, said);
        return json.map();
    }

    private static void putValues(JsonMembers json, Failure failure) {
        switch (failure) {
            case Failure.ForeignHostRefused refused -> json.with("client", Addresses.text(refused.client()));
            case Failure.Conflict conflict -> {
                conflict.holder().ifPresent(holder -> json.with("holder", ValueJson.endpoint(holder)));
                conflict.offered().ifPresent(port -> json.with("offered_port", port.number()));
            }
            case Failure.LeftOpen left ->
                json.with("left_open", left.ports().stream().map(Port::number).toList())
                        .with("cause", write(left.cause()));
            case Failure.NotAsked not -> {
                putValues(json, not.cause());
                json.with("not_asked", true);
            }
            case Failure.FormerAddress former ->
                json.with("former_address", Addresses.text(former.address())).with("cause", write(former.cause()));
            case Failure.SecondNat second ->
                second.address().ifPresent(address -> json.with("address", Addresses.text(address)));
            case Failure.LineDown down -> json.with("certain", down.certain());
            case Failure.NoGateway none -> {
                if (!none.remedies().isEmpty()) {
                    json.with("own_advice", true);
                }
            }
            case Failure.NoIpv6 ignored -> {}
            case Failure.NoFirewall ignored -> {}
            case Failure.Unreachable ignored -> {}
            case Failure.TimedOut ignored -> {}
            case Failure.KeptIn ignored -> {}
            case Failure.AddressMismatch ignored -> {}
            case Failure.Refused ignored -> {}
            case Failure.NoResources ignored -> {}
            case Failure.Unsupported ignored -> {}
            case Failure.Malformed ignored -> {}
            case Failure.Unsafe ignored -> {}
            case Failure.LocalPort ignored -> {}
            case Failure.Usage ignored -> {}
            case Failure.Busy ignored -> {}
            case Failure.BadConfiguration ignored -> {}
            case Failure.BadState ignored -> {}
        }
    }

    /** The member {@code name} of a document, if it is an error. */
    public static Optional<Failure> optional(JsonObject json, String name, MappingProtocols protocols) {
        return json.object(name).map(error -> read(error, protocols));
    }

    /** @throws JsonException if it is none */
    public static Failure read(JsonObject json, MappingProtocols protocols) {
        return read(json, protocols, DEEPEST);
    }

    private static Failure read(JsonObject json, MappingProtocols protocols, int depth) {
        if (depth == 0) {
            throw new JsonException("it is too deep");
        }
        Failure failure = cause(json, protocols, depth);
        return isSet(json, "not_asked") ? new Failure.NotAsked(failure) : failure;
    }

    private static boolean isSet(JsonObject json, String name) {
        return json.has(name) && json.flag(name);
    }

    private static Failure cause(JsonObject json, MappingProtocols protocols, int depth) {
        if (json.has("left_open") && json.object("cause").isPresent()) {
            return new Failure.LeftOpen(
                    read(json.object("cause").get(), protocols, depth - 1),
                    json.numbers("left_open").stream()
                            .filter(number -> number > 0 && number < 65_536)
                            .map(number -> new Port(number.intValue()))
                            .toList());
        }
        if (json.has("former_address") && json.object("cause").isPresent()) {
            return new Failure.FormerAddress(
                    read(json.object("cause").get(), protocols, depth - 1),
                    ValueJson.sentence(json, "message"),
                    ValueJson.address(json, "former_address"),
                    advice(json));
        }
        Message detail = ValueJson.sentence(json, "message");
        Optional<RouterError> router = router(json, protocols);
        return switch (kind(json)) {
            case NO_GATEWAY -> new Failure.NoGateway(detail, isSet(json, "own_advice") ? advice(json) : List.of());
            case NO_FIREWALL -> new Failure.NoFirewall(detail);
            case NO_IPV6 -> new Failure.NoIpv6(detail);
            case UNREACHABLE -> new Failure.Unreachable(detail);
            case TIMED_OUT -> new Failure.TimedOut(detail);
            case KEPT_IN -> new Failure.KeptIn(detail);
            case ADDRESS_MISMATCH -> new Failure.AddressMismatch(detail, router);
            case REFUSED -> new Failure.Refused(detail, router);
            case FOREIGN_HOST_REFUSED -> new Failure.ForeignHostRefused(ValueJson.address(json, "client"), router);
            case CONFLICT ->
                new Failure.Conflict(detail, holder(json), ValueJson.optionalPort(json, "offered_port"), router);
            case LOCAL_PORT -> new Failure.LocalPort(detail, remedy(json));
            case SECOND_NAT -> new Failure.SecondNat(detail, ValueJson.optionalAddress(json, "address"), router);
            case LINE_DOWN -> new Failure.LineDown(detail, isSet(json, "certain"), router);
            case NO_RESOURCES -> new Failure.NoResources(detail, router);
            case UNSUPPORTED -> new Failure.Unsupported(detail, router);
            case MALFORMED -> new Failure.Malformed(detail, router);
            case UNSAFE -> new Failure.Unsafe(detail, remedy(json));
            case USAGE -> new Failure.Usage(detail);
            case BUSY -> new Failure.Busy(detail);
            case BAD_CONFIGURATION -> new Failure.BadConfiguration(detail);
            case BAD_STATE -> new Failure.BadState(detail);
        };
    }

    /** By its kind, else by its code; one that only a newer ajar has counts as something that cannot be done. */
    private static FailureKind kind(JsonObject json) {
        String kind = json.optionalText("kind").orElse("");
        String code = json.text("code");
        return Arrays.stream(FailureKind.values())
                .filter(one -> one.name().equalsIgnoreCase(kind))
                .findFirst()
                .or(() -> Arrays.stream(FailureKind.values())
                        .filter(one -> one.code().equals(code))
                        .findFirst())
                .orElse(FailureKind.UNSUPPORTED);
    }

    /** A router's error, if there is one. */
    static Optional<RouterError> router(JsonObject json, MappingProtocols protocols) {
        return json.optionalNumber("router_code")
                .flatMap(code -> json.optionalText("router_method")
                        .map(method -> new RouterError(
                                ProtocolNames.read(method, protocols),
                                code.intValue(),
                                new RouterText(
                                        ValueJson.text(json, "router_text").display()),
                                quiet(json))));
    }

    private static Duration quiet(JsonObject json) {
        long seconds = json.optionalNumber("router_quiet_seconds").orElse(0L);
        return Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_QUIET));
    }

    private static Optional<Endpoint> holder(JsonObject json) {
        return json.object("holder").map(ValueJson::endpoint);
    }

    private static Message remedy(JsonObject json) {
        List<Message> advice = advice(json);
        return advice.isEmpty() ? Message.verbatim("") : advice.getFirst();
    }

    private static List<Message> advice(JsonObject json) {
        List<String> english = json.optionalTexts("advice");
        List<JsonObject> sentences = json.has("advice_sentences") ? json.objects("advice_sentences") : List.of();
        List<Message> all = new ArrayList<>();
        for (int i = 0; i < english.size() && i < MOST_ADVICE; i++) {
            all.add(
                    i < sentences.size()
                            ? SentenceJson.read(sentences.get(i).toMap(), english.get(i))
                            : Message.verbatim(SentenceJson.shown(english.get(i))));
        }
        return List.copyOf(all);
    }
}
