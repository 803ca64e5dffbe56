package dev.ajar.cli.render;

import dev.ajar.document.ManualHint;

/** The way by hand in short, below a failure. */
public final class ManualHintText {
    private ManualHintText() {}

    public static void print(Terminal terminal, ManualHint hint) {
        if (hint.path().isEmpty()) {
            String why = hint.instead().orElse("");
            terminal.err().println(terminal.text("page.hint-no-form", "router", hint.name(), "instead", why));
            return;
        }
        terminal.err()
                .println(terminal.text("page.hint", "router", hint.name(), "path", String.join(" > ", hint.path())));
        terminal.err().println(terminal.text("page.hint-guide", "command", hint.command()));
    }
}
