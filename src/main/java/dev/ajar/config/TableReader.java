package dev.ajar.config;

import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Reads one table key by key, and remembers where what is wrong. */
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

    /** A parser of what is typed on the command line as well. */
    @FunctionalInterface
    interface ValueParser<T> {
        T parse(String text) throws InvalidInputException;
    }

    /** A text or a whole number; empty where there is none, or where it makes no sense, which has been told then. */
    <T> Optional<T> value(String key, ValueParser<T> parser) {
        asked.add(key);
        Object value = table.get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String) && !(value instanceof Long)) {
            problem(key, key + " is neither a text nor a number", "Put it in quotes");
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(value.toString()));
        } catch (InvalidInputException e) {
            problem(key, plain(String.valueOf(e.getMessage())), "Change it and run: ajar config check");
            return Optional.empty();
        }
    }

    /** What is told of an option holds for the line of that name as well. */
    private static String plain(String message) {
        return message.startsWith("--") ? message.substring(2) : message;
    }

    boolean has(String key) {
        return table.contains(key);
    }

    /** A program and its arguments; no shell reads them. */
    List<String> program(String key) {
        return words(key, "Write it like [\"/usr/local/bin/tell-me\", \"port\"]: no shell reads it");
    }

    /** Names, a list of texts. */
    List<String> names(String key, String example) {
        return words(key, "Write it like [\"" + example + "\"]");
    }

    private List<String> words(String key, String remedy) {
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
        problem(key, key + " is no list of texts", remedy);
        return List.of();
    }

    void refuseOthers() {
        for (String key : table.keySet()) {
            if (!asked.contains(key)) {
                problem(
                        key,
                        "there is no \"" + new RouterText(key).display() + "\" here",
                        "Known are " + String.join(", ", asked.stream().sorted().toList()));
            }
        }
    }

    private void problem(String key, String what, String remedy) {
        TomlPosition position = table.inputPositionOf(List.of(key));
        problems.add(new ConfigProblem(position == null ? place.line() : position.line(), what, remedy));
    }

    /** Of the table as a whole. */
    void problem(String what) {
        problems.add(new ConfigProblem(place.line(), plain(what), "Change it and run: ajar config check"));
    }
}
