package dev.ajar.cli.render;

import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import java.io.PrintWriter;
import java.util.List;

/** Failures for people, on stderr: what happened in one line, what was tried, what to do next. */
public final class FailureText {
    private FailureText() {}

    /** One line; the router's own words at its end. */
    public static String line(Failure failure) {
        return failure.router().map(error -> failure.detail() + " — " + error).orElseGet(() -> failure.detail().toString());
    }

    public static void print(Terminal terminal, Failure failure, List<ProbeAttempt> attempts) {
        PrintWriter err = terminal.err();
        err.println(terminal.bad("ajar: ") + line(failure) + ".");
        if (tellsAttempts(attempts)) {
            err.println("Asked:");
            attempts(err, attempts);
        }
        advice(terminal, Advice.of(failure));
    }

    /** Where nothing usable was found, what was asked is part of the answer. */
    public static boolean tellsAttempts(List<ProbeAttempt> attempts) {
        return !attempts.isEmpty() && attempts.stream().noneMatch(FailureText::isGateway);
    }

    private static boolean isGateway(ProbeAttempt attempt) {
        return attempt.outcome() == ProbeAttempt.ProbeOutcome.ANSWERED
                && !attempt.protocol().equals("SSDP");
    }

    /** What to do about it. */
    public static void advise(Terminal terminal, Failure failure) {
        advice(terminal, Advice.of(failure));
    }

    static void advice(Terminal terminal, List<String> advice) {
        if (!advice.isEmpty()) {
            terminal.err().println("What to do:");
            advice.forEach(line -> terminal.err().println("  - " + line));
        }
    }

    /** What was asked of whom, and what came of it. */
    public static void attempts(PrintWriter writer, List<ProbeAttempt> attempts) {
        for (ProbeAttempt attempt : attempts) {
            writer.println("  " + attempt.interfaceName() + "  " + attempt.asked() + ": " + words(attempt));
        }
    }

    private static String words(ProbeAttempt attempt) {
        return switch (attempt.outcome()) {
            case ANSWERED -> "answered, " + attempt.detail();
            case SILENT -> attempt.detail();
            case UNREACHABLE -> "a quick no, " + attempt.detail();
            case REJECTED, INCAPABLE -> "not usable, " + attempt.detail();
        };
    }
}
