package dev.ajar.web;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the page may ask, as command lines: pure. So the page can do what the command line can and nothing that it
 * refuses, with the same yes to what is dangerous. Commands that start programs, write files or read passwords are not
 * among them.
 */
final class PageCommands {
    private static final int MOST_WORDS = 64;
    private static final int LONGEST_WORD = 200;

    private PageCommands() {}

    /** @throws JsonException if the page may not ask that */
    static List<String> of(JsonObject request) {
        List<String> line = new ArrayList<>();
        String command = request.text("command");
        switch (command) {
            case "open" -> {
                line.add(command);
                line.addAll(words(request, "ports"));
                option(line, request, "to", "--to");
                option(line, request, "name", "--name");
                option(line, request, "external_port", "--external-port");
                option(line, request, "for", "--for");
                option(line, request, "from", "--from");
                request.optionalTexts("yes").forEach(id -> line.add("--yes-expose=" + word(id)));
            }
            case "extend" -> {
                line.add(command);
                line.addAll(words(request, "ports"));
                option(line, request, "for", "--for");
            }
            case "close" -> {
                line.add(command);
                line.addAll(words(request, "ports"));
            }
            case "stop_relay" -> {
                line.addAll(List.of("relay", "stop"));
                line.addAll(words(request, "ports"));
            }
            case "check", "doctor" -> {
                line.add(command);
                line.addAll(words(request, "ports"));
                line.add("--timeout=20s");
            }
            case "guide" -> {
                line.add(command);
                line.addAll(words(request, "ports"));
                option(line, request, "router", "--router");
            }
            case "history" -> line.addAll(List.of("watch", "--since=7d"));
            case "presets", "list", "status", "discover" -> line.add(command);
            default -> throw new JsonException("the page may not ask that");
        }
        line.add("--json");
        return List.copyOf(line);
    }

    private static void option(List<String> line, JsonObject request, String member, String option) {
        Optional<String> value = request.has(member) ? Optional.of(request.text(member)) : Optional.empty();
        value.filter(text -> !text.isBlank())
                .map(PageCommands::word)
                .map(text -> option + "=" + text)
                .ifPresent(line::add);
    }

    private static List<String> words(JsonObject request, String member) {
        List<String> words = request.optionalTexts(member).stream()
                .map((Function<String, String>) PageCommands::word)
                .toList();
        if (words.size() > MOST_WORDS) {
            throw new JsonException("it has too many words");
        }
        return words;
    }

    /** A word that is no option. */
    private static String word(String text) {
        if (text.length() > LONGEST_WORD || text.startsWith("-") || text.isBlank()) {
            throw new JsonException("it has a word that is none");
        }
        return text;
    }
}
