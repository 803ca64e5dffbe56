package dev.ajar.cli.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The manual way in short.
 *
 * @param router the id of its guide
 * @param name for people
 * @param path the menus that lead to the form; none where there is no form
 * @param instead why there is no form
 * @param command shows the whole way
 */
public record ManualHint(String router, String name, List<String> path, Optional<String> instead, String command) {
    public ManualHint {
        path = List.copyOf(path);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                path.isEmpty()
                        ? "By hand on " + name + ": " + instead.orElse("")
                        : "By hand on " + name + ": " + String.join(" > ", path) + ".");
        if (!path.isEmpty()) {
            lines.add("Every step, filled in: " + command);
        }
        return lines;
    }

    public void print(Terminal terminal) {
        lines().forEach(terminal.err()::println);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("router", router);
        json.put("path", path);
        json.put("command", command);
        return json;
    }
}
