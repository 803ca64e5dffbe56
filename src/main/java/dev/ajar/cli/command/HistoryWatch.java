package dev.ajar.cli.command;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.HistoryText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.history.LoggedEvent;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code ajar watch --since}: prints what happened, and then what happens. */
final class HistoryWatch {
    private final CliContext context;
    private final Duration back;
    private final Terminal terminal;

    /** @param back how far to look back */
    HistoryWatch(CliContext context, Duration back) {
        this.context = context;
        this.back = back;
        this.terminal = context.terminal();
    }

    /** One document. */
    int json() {
        return switch (context.backend().events(back)) {
            case Result.Ok<List<LoggedEvent>>(List<LoggedEvent> events) -> {
                terminal.document(HistoryText.json(events));
                yield ExitCode.DONE.number();
            }
            case Result.Err<List<LoggedEvent>>(Failure failure) -> {
                terminal.document(JsonReports.failed("watch", failure));
                yield ExitCode.of(failure).number();
            }
        };
    }

    /** @param turns how often to look, once a second */
    int follow(long turns) {
        Set<LoggedEvent> shown = new HashSet<>();
        for (long turn = 0; turn < turns; turn++) {
            switch (context.backend().events(back)) {
                case Result.Ok<List<LoggedEvent>>(List<LoggedEvent> events) -> {
                    if (turn == 0 && events.isEmpty()) {
                        terminal.say(terminal.text("watch.no-events"));
                    }
                    events.stream()
                            .filter(event -> !shown.contains(event))
                            .forEach(event -> HistoryText.print(terminal, event, context.clock()));
                    terminal.out().flush();
                    shown.clear();
                    shown.addAll(events);
                }
                case Result.Err<List<LoggedEvent>>(Failure failure) -> {
                    FailureText.print(terminal, failure);
                    return ExitCode.of(failure).number();
                }
            }
            if (turn + 1 < turns && !context.backend().pause(WatchCommand.SECOND)) {
                break;
            }
        }
        return ExitCode.DONE.number();
    }
}
