package dev.ajar.message;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence for people, as its key and its values. {@link Messages} turns it into text where it is shown.
 *
 * @param key {@code area.name}; empty for text from outside, which is shown as it is
 * @param values the values of the placeholders
 */
public record Message(String key, List<Value> values) {
    /**
     * One value.
     *
     * @param name the placeholder, without its braces
     * @param value text, a number, or a {@link Message}; shown by its {@code toString} where it is none of these
     */
    public record Value(String name, Object value) {}

    private static final String TEXT = "text";

    public Message {
        values = List.copyOf(values);
    }

    /**
     * A sentence with its values.
     *
     * @param namesAndValues name, value, name, value
     * @throws IllegalArgumentException if a name has no value
     */
    public static Message of(String key, Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(key + ": a name without a value");
        }
        List<Value> values = new ArrayList<>(namesAndValues.length / 2);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.add(new Value((String) namesAndValues[i], namesAndValues[i + 1]));
        }
        return new Message(key, values);
    }

    /** Text from outside, such as an operating system's error or a name the user chose. It is not translated. */
    public static Message verbatim(String text) {
        return new Message("", List.of(new Value(TEXT, text)));
    }

    /** Whether this is text from outside. */
    public boolean isVerbatim() {
        return key.isEmpty();
    }

    /** The name of its file: the key up to the first full stop. */
    public String area() {
        int end = key.indexOf('.');
        return end < 0 ? key : key.substring(0, end);
    }

    /** The English text, for JSON and logs. A terminal shows {@link Messages#text} in its user's language. */
    @Override
    public String toString() {
        return Messages.ENGLISH.text(this);
    }
}
