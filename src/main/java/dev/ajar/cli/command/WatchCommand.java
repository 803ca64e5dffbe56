package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.cli.render.WatchText;
import dev.ajar.document.ExitCode;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.PortService;
import dev.ajar.service.WatchReport;
import dev.ajar.service.json.WatchDocument;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.TimeSyntax;
import java.time.Duration;
import java.util.Optional;

/** {@code ajar watch}. */
public final class WatchCommand implements CliCommand {
    static final Duration SECOND = Duration.ofSeconds(1);

    /** Moves to the upper left corner and clears the screen (ECMA-48: CUP, ED). */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final CliContext context;
    private final OptionSpec once = OptionBuilder.flag(Message.of("help.watch.once"), "--once");
    private final OptionSpec json = OptionBuilder.flag(Message.of("help.watch.json"), "--json");
    private final OptionSpec since = OptionBuilder.text("--since", "TIME", Message.of("help.watch.since"));
    private final OptionSpec stay = OptionBuilder.text("--for", "TIME", Message.of("help.option.stay"));

    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.ANSWER);

    public WatchCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(once).addOption(since).addOption(json).addOption(stay).addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.watch"), Message.of("help.watch.examples"), Message.of("help.watch.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        Terminal terminal = context.terminal();
        long turns = OptionBuilder.value(stay, TimeSyntax::stay)
                .map(Duration::toSeconds)
                .orElse(Long.MAX_VALUE);
        long most = OptionBuilder.isSet(once) ? 1 : turns;
        Optional<Duration> back = OptionBuilder.value(since, TimeSyntax::since);
        if (back.isPresent()) {
            HistoryWatch history = new HistoryWatch(context, back.get());
            return OptionBuilder.isSet(json) ? history.json() : history.follow(most);
        }
        if (!OptionBuilder.isSet(json) && !OptionBuilder.isSet(quiet)) {
            context.services()
                    .notice()
                    .filter(notice -> context.services().daemon().isEmpty())
                    .ifPresent(notice -> terminal.tell(terminal.text(notice)));
        }
        String before = "";
        for (long turn = 0; turn < most; turn++) {
            switch (report()) {
                case Result.Ok<WatchReport>(WatchReport report) -> before = show(report, before);
                case Result.Err<WatchReport>(Failure failure) -> {
                    FailureText.print(terminal, failure);
                    return ExitCode.of(failure).number();
                }
            }
            if (!OptionBuilder.isSet(once) && !context.backend().pause(SECOND)) {
                break;
            }
        }
        return ExitCode.DONE.number();
    }

    /** Asked anew each time, because a daemon may start or end meanwhile. */
    private Result<WatchReport> report() {
        return context.services()
                .daemon()
                .map(daemon -> Result.ok(context.services().at(daemon)))
                .orElseGet(() -> context.services().here(Progress.silent()))
                .flatMap(PortService::watch);
    }

    /** On a terminal prints each second; elsewhere only if something but the time has changed. */
    private String show(WatchReport report, String before) {
        Terminal terminal = context.terminal();
        if (OptionBuilder.isSet(json)) {
            terminal.document(WatchDocument.write(report));
            return before;
        }
        boolean live = terminal.colour() && !OptionBuilder.isSet(once);
        String now = WatchText.withoutTimes(report.rows(), report.relays());
        if (live || !now.equals(before)) {
            if (live) {
                terminal.out().print(CLEAR);
            }
            WatchText.print(terminal, report.rows(), report.keeper(), report.relays());
            terminal.out().flush();
        }
        return now;
    }
}
