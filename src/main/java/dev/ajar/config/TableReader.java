package dev.ajar.config;

import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.OptionName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one table key by key, and collects the mistakes with their lines. */
final class TableReader {
    private final TomlTable table;
    private final TomlPosition place;
    private final List<ConfigProblem> problems;
    private final Set<String> asked = new HashSet<>();

    TableReader(TomlTable table, TomlPosition place, List<ConfigProblem> problems) {
        this.table = table;
        this.place = place;
        this.problems = problems;
    }

    /** A parser that the command line uses as well. */
    @FunctionalInterface
    interface ValueParser<T> {
        T parse(String text) throws InvalidInputException;
    }

    /** Reads a string or a whole number. Empty without the key, or after a mistake, which is added to the problems. */
    <T> Optional<T> value(String key, ValueParser<T> parser) {
        asked.add(key);
        Object value = table.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String) && !(value instanceof Long)) {
            problem(key, Message.of("config.not-text", "key", key), Message.of("config.use-quotes"));
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(value.toString()));
        } catch (InvalidInputException e) {
            problem(key, withKeys(e.sentence()), Message.of("config.check-again"));
            return Optional.empty();
        }
    }

    /** The sentence with the keys of this file instead of options. */
    private static Message withKeys(Message sentence) {
        return new Message(
                sentence.key(),
                sentence.values().stream()
                        .map(one -> one.value() instanceof OptionName option
                                ? new Message.Value(one.name(), option.key())
                                : one)
                        .toList());
    }

    boolean has(String key) {
        return table.contains(key);
    }

    /** A program and its arguments, without a shell. */
    List<String> program(String key) {
        return words(key, Message.of("config.write-program"));
    }

    /** A list of strings. */
    List<String> names(String key, String example) {
        return words(key, Message.of("config.write-names", "example", example));
    }

    private List<String> words(String key, Message remedy) {
        asked.add(key);
        Object value = table.get(key);
        if (value == null) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        if (value instanceof TomlArray array) {
            for (Object word : array.toList()) {
                if (word instanceof String text) {
                    words.add(text);
                }
            }
            if (words.size() == array.size()
                    && !words.isEmpty()
                    && !words.getFirst().isBlank()) {
                return words;
            }
        }
        problem(key, Message.of("config.not-texts", "key", key), remedy);
        return List.of();
    }

    /** Adds a problem for each key that was not read. */
    void refuseOthers() {
        for (String key : table.keySet()) {
            if (!asked.contains(key)) {
                problem(
                        key,
                        Message.of("config.unknown", "key", new RouterText(key).display()),
                        Message.of(
                                "config.known",
                                "keys",
                                String.join(", ", asked.stream().sorted().toList())));
            }
        }
    }

    private void problem(String key, Message what, Message remedy) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        problems.add(new ConfigProblem(position == null ? place.line() : position.line(), what, remedy));
    }

    /** Adds a problem of the table as a whole. */
    void problem(InvalidInputException mistake) {
        problem(withKeys(mistake.sentence()));
    }

    void problem(Message what) {
        problems.add(new ConfigProblem(place.line(), what, Message.of("config.check-again")));
    }
}
