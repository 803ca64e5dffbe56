package dev.ajar.document;

import dev.ajar.message.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way by hand in short, below a failure.
 *
 * @param router the id of its guide
 * @param name the router's name for people
 * @param path the menus that lead to the form; none where there is no form
 * @param instead why there is no form
 * @param command shows the whole way
 */
public record ManualHint(String router, Message name, List<String> path, Optional<String> instead, String command) {
    public ManualHint {
        path = List.copyOf(path);
    }

    Map<String, Object> json() {
        return new JsonMembers()
                .with("router", router)
                .with("path", path)
                .with("command", command)
                .map();
    }
}
