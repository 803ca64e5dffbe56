package dev.ajar.message;

import java.util.ArrayList;
import java.util.List;

/**
 * A sentence for people: which one, and what is filled in. It becomes text where it is shown, by {@link Messages}.
 *
 * @param key {@code area.name}; empty for text that came from outside and is shown as it is
 * @param values what is filled in, by the names the sentence uses
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

    /** Text that is in no file: an operating system's own error text, or a name somebody gave. It is not translated. */
    public static Message verbatim(String text) {
        return new Message("", List.of(new Value(TEXT, text)));
    }

    /** Whether this is text from outside. */
    public boolean isVerbatim() {
        return key.isEmpty();
    }

    /** The area, which names the file: all before the first full stop. */
    public String area() {
        int end = key.indexOf('.');
        return end < 0 ? key : key.substring(0, end);
    }

    /** The same sentence with one more value. */
    public Message with(String name, Object value) {
        List<Value> more = new ArrayList<>(values);
        more.add(new Value(name, value));
        return new Message(key, more);
    }

    /** The English text, which JSON, logs and programs get. A terminal shows {@link Messages#text} in its user's language. */
    @Override
    public String toString() {
        return Messages.ENGLISH.text(this);
    }
}
