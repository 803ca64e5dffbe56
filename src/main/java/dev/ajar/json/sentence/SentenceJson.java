package dev.ajar.json.sentence;

import dev.ajar.json.JsonException;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.RouterText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A sentence as its key and values: {@code {"key":"event.lost","args":{"port":"tcp 25565","why":{"key":…}}}}. */
public final class SentenceJson {
    private static final String KEY = "key";
    private static final String ARGS = "args";
    private static final String TEXT = "text";

    /** The longest English sentence. */
    private static final int MOST_SHOWN = 1000;

    /** How deep sentences may stand in sentences. */
    private static final int DEEPEST = 5;

    private static final int MOST_VALUES = 16;

    /** A key also names a file, so it is checked before it is looked up. */
    private static final Pattern KEYS = Pattern.compile("[a-z]{1,20}\\.[a-z0-9.-]{1,60}");

    private static final Pattern NAMES = Pattern.compile("[A-Za-z]{1,20}");

    private SentenceJson() {}

    /** One harmless line of a sentence. */
    public static String shown(String sentence) {
        return new RouterText(sentence).display(MOST_SHOWN);
    }

    /** The same sentence with values that can be written: harmless strings, longs and sentences. */
    public static Message plain(Message message) {
        return plain(message, DEEPEST);
    }

    private static Message plain(Message message, int depth) {
        if (message.isVerbatim() || depth == 0) {
            return Message.verbatim(shown(message.toString()));
        }
        List<Message.Value> values = new ArrayList<>();
        for (Message.Value value : message.values()) {
            Object plain = switch (value.value()) {
                case Message inner -> plain(inner, depth - 1);
                case Integer number -> number.longValue();
                case Long number -> number;
                default -> new RouterText(value.value().toString()).display();
            };
            values.add(new Message.Value(value.name(), plain));
        }
        return new Message(message.key(), values);
    }

    /** The members of a {@link #plain} sentence. */
    public static Map<String, Object> write(Message message) {
        Map<String, Object> json = new LinkedHashMap<>();
        if (message.isVerbatim()) {
            json.put(TEXT, message.toString());
            return json;
        }
        Map<String, Object> args = new LinkedHashMap<>();
        for (Message.Value value : message.values()) {
            args.putIfAbsent(value.name(), value.value() instanceof Message inner ? write(inner) : value.value());
        }
        json.put(KEY, message.key());
        json.put(ARGS, args);
        return json;
    }

    /** @param english the sentence where this ajar does not know the key or its values */
    public static Message read(Map<?, ?> json, String english) {
        try {
            Message message = read(json, DEEPEST);
            return Messages.ENGLISH.canShow(message) ? message : Message.verbatim(shown(english));
        } catch (JsonException e) {
            return Message.verbatim(shown(english));
        }
    }

    private static Message read(Map<?, ?> json, int depth) {
        if (depth < 0) {
            throw new JsonException("it is too deep");
        }
        if (depth < DEEPEST && json.get(TEXT) instanceof String text) {
            return Message.verbatim(shown(text));
        }
        if (!(json.get(KEY) instanceof String key)
                || !KEYS.matcher(key).matches()
                || !(json.get(ARGS) instanceof Map<?, ?> args)
                || args.size() > MOST_VALUES) {
            throw new JsonException("it is not a sentence");
        }
        List<Message.Value> values = new ArrayList<>();
        args.forEach((name, value) -> values.add(value(String.valueOf(name), value, depth)));
        return new Message(key, values);
    }

    private static Message.Value value(String name, Object value, int depth) {
        if (!NAMES.matcher(name).matches()) {
            throw new JsonException("it has a strange name");
        }
        return new Message.Value(
                name,
                switch (value) {
                    case Map<?, ?> inner -> read(inner, depth - 1);
                    case String text -> new RouterText(text).display();
                    case Long number -> number;
                    default -> throw new JsonException("it has a strange value");
                });
    }
}
