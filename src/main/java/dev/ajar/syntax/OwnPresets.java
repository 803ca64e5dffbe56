package dev.ajar.syntax;

import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The names that the user gave to ports. A name stands for the words behind it, so a danger is confirmed as if they
 * were typed.
 *
 * @param ports by name: ports and applications as {@code ajar open} takes them
 */
public record OwnPresets(Map<String, List<String>> ports) {
    public static final OwnPresets EMPTY = new OwnPresets(Map.of());

    private static final int MOST = 200;
    private static final int MOST_PORTS = 64;
    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_PORT = 60;
    private static final Set<String> RESERVED = Set.of("show", "save", "remove", "all", "tcp", "udp", "both");

    /** @throws InvalidInputException if there are too many, or a name or a port is none */
    public static OwnPresets of(Map<String, List<String>> ports) throws InvalidInputException {
        OwnPresets all = EMPTY;
        for (Map.Entry<String, List<String>> one : ports.entrySet()) {
            all = all.plus(name(one.getKey()), one.getValue());
        }
        return all;
    }

    public OwnPresets {
        SortedMap<String, List<String>> sorted = new TreeMap<>();
        ports.forEach((name, words) -> sorted.put(name, List.copyOf(words)));
        ports = Collections.unmodifiableMap(sorted);
    }

    /** Where they are read from: only once a word is no number. */
    @FunctionalInterface
    public interface Source {
        /** None. */
        Source NONE = () -> EMPTY;

        /** @throws InvalidInputException if what is there cannot be used */
        OwnPresets read() throws InvalidInputException;
    }

    /** @param name in any letter case */
    public Optional<List<String>> find(String name) {
        return Optional.ofNullable(ports.get(name.strip().toLowerCase(Locale.ROOT)));
    }

    /**
     * With one more, or another one of the same name, which is not that of an application that ajar knows. An
     * application that a later ajar knows by the same name leaves the user's as it is.
     *
     * @param words separated by commas, too; not the names of other presets of the user
     */
    public OwnPresets with(String typed, List<String> words) throws InvalidInputException {
        String name = name(typed);
        if (new ApplicationCatalog().find(name).isPresent()) {
            throw new InvalidInputException(
                    Message.of("command.preset-taken", "name", new RouterText(typed).display()));
        }
        return plus(name, words);
    }

    private OwnPresets plus(String name, List<String> words) throws InvalidInputException {
        List<String> each = words.stream()
                .flatMap(word -> Stream.of(word.split(",", -1)))
                .map(String::strip)
                .toList();
        if (each.isEmpty() || each.size() > MOST_PORTS) {
            throw new InvalidInputException(Message.of("command.preset-ports", "most", MOST_PORTS));
        }
        for (String word : each) {
            if (word.length() > LONGEST_PORT) {
                throw new InvalidInputException(
                        Message.of("open.unknown-application", "name", new RouterText(word).display()));
            }
        }
        PortSelection.of(each, null);
        SortedMap<String, List<String>> all = new TreeMap<>(ports);
        all.put(name, each);
        if (all.size() > MOST) {
            throw new InvalidInputException(Message.of("command.preset-most", "most", MOST));
        }
        return new OwnPresets(all);
    }

    /** Without one, which has to be there. */
    public OwnPresets without(String typed) throws InvalidInputException {
        SortedMap<String, List<String>> all = new TreeMap<>(ports);
        if (all.remove(typed.strip().toLowerCase(Locale.ROOT)) == null) {
            String shown = new RouterText(typed).display();
            throw new InvalidInputException(NearWord.of(typed, List.copyOf(ports.keySet()))
                    .map(near -> Message.of("command.no-own-preset-but", "name", shown, "near", near))
                    .orElse(Message.of("command.no-own-preset", "name", shown)));
        }
        return new OwnPresets(all);
    }

    /** The names that a mistyped one may mean. */
    List<String> names() {
        return new ArrayList<>(ports.keySet());
    }

    /** Letters and numbers with a letter among them, as no port has. */
    private static String name(String typed) throws InvalidInputException {
        String name = typed.strip().toLowerCase(Locale.ROOT);
        boolean written = name.length() <= LONGEST_NAME
                && name.matches("[a-z0-9]+(-[a-z0-9]+)*")
                && name.matches(".*[a-z].*")
                && !RESERVED.contains(name);
        if (!written) {
            throw new InvalidInputException(
                    Message.of("command.preset-name", "name", new RouterText(typed).display(), "most", LONGEST_NAME));
        }
        return name;
    }
}
