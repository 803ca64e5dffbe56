package dev.ajar.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@link Message}s into text. A sentence names its values in braces, {@code {port}}, and may come in plural variants:
 * {@code area.name.one} and {@code area.name.other}, chosen by the value called {@code count}. {@code MessageFormat} and
 * {@code ResourceBundle} are not used, because loading them costs a cold start more than all the files
 * (docs/decisions/0021). Thread-safe.
 */
public final class Messages {
    /** English: the language of JSON and logs, and the default for terminals. */
    public static final Messages ENGLISH = new Messages(Messages::read);

    private static final String COUNT = "count";

    private final Map<String, Properties> areas = new ConcurrentHashMap<>();

    private final Function<String, Properties> source;

    private Messages(Function<String, Properties> source) {
        this.source = source;
    }

    /**
     * Another language. A sentence that it lacks is shown in English.
     *
     * @param source the sentences of an area
     */
    public static Messages of(Function<String, Properties> source) {
        return new Messages(area -> {
            Properties all = new Properties();
            all.putAll(read(area));
            all.putAll(source.apply(area));
            return all;
        });
    }

    /**
     * The sentence with its values.
     *
     * @throws IllegalStateException if the file lacks the key or the message lacks a value, which {@code MessageFilesTest}
     *     finds beforehand
     */
    public String text(Message message) {
        if (message.isVerbatim()) {
            return message.values().getFirst().value().toString();
        }
        return filled(pattern(message), message);
    }

    /** {@link #text(Message)} of {@link Message#of}. */
    public String text(String key, Object... namesAndValues) {
        return text(Message.of(key, namesAndValues));
    }

    /**
     * Whether the file has the sentence, and the message and those among its values have every value that theirs name.
     * Messages of this program do; one that was read from a file may come from another version.
     */
    public boolean canShow(Message message) {
        if (message.isVerbatim()) {
            return true;
        }
        String pattern = known(message);
        return pattern != null
                && hasValues(pattern, message)
                && message.values().stream()
                        .allMatch(value -> !(value.value() instanceof Message inner) || canShow(inner));
    }

    private static boolean hasValues(String pattern, Message message) {
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', open + 1)) {
            String name = pattern.substring(open + 1, pattern.indexOf('}', open));
            if (message.values().stream().noneMatch(value -> value.name().equals(name))) {
                return false;
            }
        }
        return true;
    }

    private String pattern(Message message) {
        String pattern = known(message);
        if (pattern == null) {
            throw new IllegalStateException("no sentence " + message.key());
        }
        return pattern;
    }

    private @Nullable String known(Message message) {
        Properties area = areas.computeIfAbsent(message.area(), source);
        String pattern = area.getProperty(message.key());
        return pattern != null ? pattern : area.getProperty(message.key() + (isOne(message) ? ".one" : ".other"));
    }

    /** Whether English uses the singular. */
    private static boolean isOne(Message message) {
        return message.values().stream()
                .anyMatch(value ->
                        value.name().equals(COUNT) && value.value().toString().equals("1"));
    }

    private String filled(String pattern, Message message) {
        StringBuilder text = new StringBuilder(pattern.length() + 32);
        int from = 0;
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', from)) {
            int close = pattern.indexOf('}', open);
            text.append(pattern, from, open).append(value(message, pattern.substring(open + 1, close)));
            from = close + 1;
        }
        return text.append(pattern, from, pattern.length()).toString();
    }

    private String value(Message message, String name) {
        for (Message.Value value : message.values()) {
            if (value.name().equals(name)) {
                return value.value() instanceof Message inner
                        ? text(inner)
                        : value.value().toString();
            }
        }
        throw new IllegalStateException(message.key() + " has no value for {" + name + "}");
    }

    private static Properties read(String area) {
        Properties read = new Properties();
        try (InputStream in = Messages.class.getResourceAsStream("/messages/" + area + ".properties")) {
            if (in != null) {
                read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }
}
