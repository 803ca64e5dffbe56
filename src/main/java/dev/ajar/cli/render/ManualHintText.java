package dev.ajar.cli.render;

import dev.ajar.catalog.guide.Walkthrough;
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
                        hint.instead().map(Walkthrough::said).orElseGet(() -> Message.verbatim("")))
                : Message.of("page.hint", "router", hint.name(), "command", hint.command());
    }
}
