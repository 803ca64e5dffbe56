package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import java.io.PrintWriter;
import java.util.List;

/** Failures for people, on stderr: what happened in one line, what was tried, what to do next. */
public final class FailureText {
    private FailureText() {}

    /** One line, without a full stop; the router's own error at its end. */
    public static Message line(Failure failure) {
        return failure.router()
                .map(error -> Message.of("show.router-error", "failure", failure.detail(), "error", error.message()))
                .orElseGet(failure::detail);
    }

    /** One line for a port that could not be opened or closed. */
    static void printPort(Terminal terminal, Message port, Failure failure) {
        String failed = terminal.bad(terminal.text("show.failed"));
        terminal.tell(failed + "  " + terminal.text("show.why", "port", port, "failure", line(failure)));
    }

    /** One line for the command as a whole. */
    static void printLine(Terminal terminal, Failure failure) {
        terminal.tell(terminal.bad("ajar: ") + terminal.text("show.sentence", "failure", line(failure)));
    }

    public static void print(Terminal terminal, Failure failure) {
        printLine(terminal, failure);
        advise(terminal, failure);
    }

    /** What to do about it. */
    public static void advise(Terminal terminal, Failure failure) {
        advice(terminal, Advice.of(failure));
    }

    static void advice(Terminal terminal, List<Message> advice) {
        if (!advice.isEmpty()) {
            terminal.tell(terminal.text("advice.heading"));
            advice.forEach(line -> terminal.tell("  - " + terminal.text(line)));
        }
    }

    /** A line for each question that was asked while searching, with its answer. */
    public static void attempts(Terminal terminal, PrintWriter writer, List<ProbeAttempt> attempts) {
        for (ProbeAttempt attempt : attempts) {
            terminal.print(writer, "  " + attempt.interfaceName() + "  " + terminal.text(line(attempt)));
        }
    }

    private static Message line(ProbeAttempt attempt) {
        String key = switch (attempt.outcome()) {
            case ANSWERED -> "show.answered";
            case SILENT, UNFINISHED -> "show.no-answer";
            case UNREACHABLE -> "show.refused";
            case KEPT_IN, OTHER_ROUTER, REJECTED, INCAPABLE -> "show.not-usable";
        };
        return Message.of(key, "asked", attempt.asked(), "detail", attempt.detail());
    }
}
