package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.sentence.SentenceJson;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small values as members of a document. Reading throws a {@link JsonException} for a value that makes no sense. */
public final class ValueJson {
    /** Stands behind the name of a member that holds a sentence: the same sentence as its key and values. */
    private static final String SENTENCE = "_sentence";

    private static final String SENTENCES = "_sentences";

    /** The longest lease of any protocol: 32 bits. */
    private static final long LONGEST = 0xFFFF_FFFFL;

    private ValueJson() {}

    /** The English sentence, and beside it its key and values. Text from outside has no key. */
    public static JsonMembers putSentence(JsonMembers json, String name, Message message) {
        json.with(name, message);
        return message.isVerbatim() ? json : json.with(name + SENTENCE, sentence(message));
    }

    /** The same; null where there is none. */
    public static JsonMembers putSentence(JsonMembers json, String name, Optional<Message> message) {
        return message.map(told -> putSentence(json, name, told)).orElseGet(() -> json.with(name, Optional.empty()));
    }

    /** The English sentences, and beside them in the same order their keys and values. */
    public static JsonMembers putSentences(JsonMembers json, String name, List<Message> messages) {
        return json.with(name, messages)
                .with(
                        name + SENTENCES,
                        messages.stream().map(ValueJson::sentence).toList());
    }

    /** The key and the values; the words of a text from outside. */
    public static Map<String, Object> sentence(Message message) {
        return SentenceJson.write(SentenceJson.plain(message));
    }

    public static Message sentence(JsonObject json, String name) {
        String english = json.text(name);
        return json.object(name + SENTENCE)
                .map(sentence -> SentenceJson.read(sentence.toMap(), english))
                .orElseGet(() -> Message.verbatim(SentenceJson.shown(english)));
    }

    public static Port port(JsonObject json, String name) {
        return port(json.number(name));
    }

    private static Port port(long number) {
        if (number < 1 || number > 65_535) {
            throw new JsonException("it has a port that is none");
        }
        return new Port((int) number);
    }

    public static Optional<Port> optionalPort(JsonObject json, String name) {
        return json.optionalNumber(name).map(ValueJson::port);
    }

    public static InetAddress address(JsonObject json, String name) {
        return address(json.text(name));
    }

    public static Optional<InetAddress> optionalAddress(JsonObject json, String name) {
        return json.optionalText(name).map(ValueJson::address);
    }

    private static InetAddress address(String text) {
        return Addresses.parse(text).orElseThrow(() -> new JsonException("it has an address that is none"));
    }

    public static Optional<Subnet> optionalSubnet(JsonObject json, String name) {
        return json.optionalText(name)
                .map(text -> Subnet.parse(text).orElseThrow(() -> new JsonException("it has a network that is none")));
    }

    public static Map<String, Object> endpoint(Endpoint endpoint) {
        return new JsonMembers()
                .with("address", Addresses.text(endpoint.address()))
                .with("port", endpoint.port().number())
                .map();
    }

    public static Endpoint endpoint(JsonObject json) {
        return new Endpoint(address(json, "address"), port(json, "port"));
    }

    public static TransportProtocol transport(JsonObject json) {
        String label = json.text("protocol");
        return Arrays.stream(TransportProtocol.values())
                .filter(one -> one.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new JsonException("it has a protocol that is none"));
    }

    /** From {@code permanent} and {@code lease_seconds}; empty without either. */
    public static Optional<LeaseDuration> lease(JsonObject json) {
        return json.has("permanent") && json.flag("permanent")
                ? Optional.of(LeaseDuration.PERMANENT)
                : json.optionalNumber("lease_seconds").map(ValueJson::lease);
    }

    private static LeaseDuration lease(long seconds) {
        if (seconds < 1 || seconds > LONGEST) {
            throw new JsonException("it has a lease that is none");
        }
        return LeaseDuration.ofSeconds(seconds);
    }

    public static Optional<Instant> optionalMoment(JsonObject json, String name) {
        try {
            return json.optionalText(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new JsonException("it has a time that is none", e);
        }
    }

    /** One harmless line. */
    public static String line(JsonObject json, String name) {
        return new RouterText(json.text(name)).display();
    }

    public static RouterText text(JsonObject json, String name) {
        return json.optionalText(name)
                .map(text -> new RouterText(new RouterText(text).display()))
                .orElse(RouterText.EMPTY);
    }

    public static <E extends Enum<E>> E choice(Class<E> choices, String key) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(one -> one.name().equalsIgnoreCase(key))
                .findFirst()
                .orElseThrow(() -> new JsonException("it has a value that is none"));
    }
}
