package dev.ajar.cli.render;

import dev.ajar.document.JsonMembers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The user's own presets, for people and as JSON. */
public final class OwnPresetText {
    private OwnPresetText() {}

    /** One with where it is kept. */
    public static void one(Terminal terminal, String name, List<String> ports, Path file) {
        terminal.say(terminal.text("page.name", "name", name));
        ports.forEach(port -> terminal.say("  " + port));
        terminal.say(terminal.text("page.kept-in", "file", file));
        terminal.say(terminal.text("page.open", "name", name));
    }

    static void all(Terminal terminal, Map<String, List<String>> own) {
        terminal.say(terminal.text("page.own"));
        own.forEach((name, ports) -> terminal.say("  %-18s %s".formatted(name, String.join(", ", ports))));
    }

    static List<Map<String, Object>> json(Map<String, List<String>> own) {
        return own.entrySet().stream()
                .map(one -> new JsonMembers()
                        .with("name", one.getKey())
                        .with("ports", one.getValue())
                        .map())
                .toList();
    }
}
