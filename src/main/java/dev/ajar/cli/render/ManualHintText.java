package dev.ajar.cli.render;

import dev.ajar.document.ManualHint;
import dev.ajar.message.Message;

/** The way by hand in one line, among what to do after a failure. */
final class ManualHintText {
    private ManualHintText() {}

    static Message line(ManualHint hint) {
        return hint.path().isEmpty()
                ? Message.of(
                        "page.hint-no-form",
                        "router",
                        hint.name(),
                        "instead",
                        hint.instead().orElse(""))
                : Message.of("page.hint", "router", hint.name(), "command", hint.command());
    }
}
