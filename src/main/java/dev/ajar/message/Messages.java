package dev.ajar.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns {@link Message}s into text. A sentence names its values in braces, {@code {port}}, and may come in plural
 * variants: {@code area.name.one} and {@code area.name.other}, chosen by the value called {@code count}. One that names
 * commands of Linux has a variant {@code area.name.windows}. A sentence that a language lacks is shown in English.
 * {@code MessageFormat} and {@code ResourceBundle} are not used, because loading them costs a cold start more than all
 * the files (docs/decisions/0021); for the same reason nothing here loads {@link Language} for English. Thread-safe.
 */
public final class Messages {
    /** English: the language of JSON, and the default for terminals and logs. */
    public static final Messages ENGLISH = new Messages("", null);

    private static final String COUNT = "count";
    private static final String ON_WINDOWS = ".windows";

    private final String folder;
    private final @Nullable Language language;
    private final boolean windows;
    private final Map<String, Properties> areas = new ConcurrentHashMap<>();

    private Messages(String folder, @Nullable Language language) {
        this(folder, language, System.getProperty("os.name", ""));
    }

    /** @param system the value of {@code os.name} */
    private Messages(String folder, @Nullable Language language, String system) {
        this.folder = folder;
        this.language = language;
        this.windows = system.startsWith("Windows");
    }

    /** The same sentences as another system shows them: for tests. */
    Messages on(String system) {
        return new Messages(folder, language, system);
    }

    /** The sentences of a language. */
    public static Messages of(Language language) {
        return new Messages(language.code() + "/", language);
    }

    /**
     * A language whose files were read already, by their areas: for tests.
     *
     * @param language of the plural forms; null for those of English
     */
    static Messages of(@Nullable Language language, Map<String, Properties> areas) {
        Messages messages = new Messages("/", language);
        messages.areas.putAll(areas);
        return messages;
    }

    /**
     * The sentences for a user.
     *
     * @param wishes names of locales or languages, the most important first; blank ones are passed over, the first
     *     other one decides
     * @return English where nothing is wished, and for a language that ajar does not have
     */
    public static Messages wished(String... wishes) {
        for (String wish : wishes) {
            if (!wish.isBlank()) {
                boolean english = wish.startsWith("en") || wish.startsWith("C") || wish.equals("POSIX");
                return english ? ENGLISH : Language.of(wish).map(Messages::of).orElse(ENGLISH);
            }
        }
        return ENGLISH;
    }

    /** Whether a charset with these letters can show the language. */
    public boolean canBeShown(CharsetEncoder encoder) {
        return language == null || encoder.canEncode(language.letters());
    }

    /** The name of the language as {@code --lang} takes it. */
    public String code() {
        return language == null ? "en" : language.code();
    }

    /**
     * The sentence with its values.
     *
     * @throws IllegalStateException if the file lacks the key or the message lacks a value, which
     *     {@code MessageFilesTest} finds beforehand
     */
    public String text(Message message) {
        if (message.isVerbatim()) {
            return ofProfile(
                    ProfileText.AREA, message.values().getFirst().value().toString());
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

    /**
     * Every sentence of an area by its key, with its values still named in braces and its plural forms apart: for a
     * page that fills them in itself. English where the language lacks one.
     */
    public Map<String, String> area(String name) {
        Map<String, String> sentences = new TreeMap<>();
        if (!folder.isEmpty()) {
            sentences.putAll(ENGLISH.area(name));
        }
        Properties own = areas.computeIfAbsent(name, this::read);
        own.stringPropertyNames().forEach(key -> sentences.put(key, own.getProperty(key)));
        return sentences;
    }

    private String pattern(Message message) {
        String pattern = known(message);
        if (pattern == null && !folder.isEmpty()) {
            pattern = ENGLISH.known(message);
        }
        if (pattern == null) {
            throw new IllegalStateException("no sentence " + message.key());
        }
        return pattern;
    }

    private @Nullable String known(Message message) {
        Properties area = areas.computeIfAbsent(message.area(), this::read);
        String pattern = windows ? area.getProperty(message.key() + ON_WINDOWS) : null;
        if (pattern != null) {
            return pattern;
        }
        pattern = area.getProperty(message.key());
        return pattern != null ? pattern : area.getProperty(message.key() + suffix(message));
    }

    private String suffix(Message message) {
        String count = count(message);
        if (language == null) {
            return count.equals("1") ? ".one" : ".other";
        }
        // A count is text where the number itself is, such as "more than 100".
        return isNumber(count) ? language.plural(Long.parseLong(count)).suffix() : Plural.OTHER.suffix();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static String count(Message message) {
        for (Message.Value value : message.values()) {
            if (value.name().equals(COUNT)) {
                return value.value().toString();
            }
        }
        return "";
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
                        : ofProfile(
                                ProfileText.area(message, name), value.value().toString());
            }
        }
        throw new IllegalStateException(message.key() + " has no value for {" + name + "}");
    }

    /** What a profile says, in this language where its file has it; any other text as it is. */
    private String ofProfile(String area, String text) {
        if (folder.isEmpty() || !ProfileText.isSentence(area, text)) {
            return text;
        }
        Properties texts = areas.computeIfAbsent(area, this::read);
        String own = texts.getProperty(ProfileText.key(area, text));
        if (own == null && area.equals(ProfileText.ROUTER_AREA)) {
            own = texts.getProperty(ProfileText.key(area, ProfileText.ofThisComputer(text)));
        }
        return own == null ? text : ProfileText.endingAs(text, own);
    }

    private Properties read(String area) {
        Properties read = new Properties();
        try (InputStream in = ResourceFile.open(Messages.class, "/messages/" + folder + area + ".properties")) {
            if (in != null) {
                read.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }
}
