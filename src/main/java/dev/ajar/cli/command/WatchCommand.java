package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.cli.render.WatchText;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.WatchRow;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.TimeSyntax;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code ajar watch}. */
public final class WatchCommand implements CliCommand {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Back to the upper left corner, and away with what was there (ECMA-48: CUP, ED). */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final CliContext context;
    private final OptionSpec once = OptionBuilder.flag("Show it once.", "--once");
    private final OptionSpec json = OptionBuilder.flag("One JSON document each time (docs/json.md).", "--json");
    private final OptionSpec stay = OptionBuilder.text("--for", "TIME", "End after that time. Default: at Ctrl-C.");

    public WatchCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(once).addOption(json).addOption(stay);
        OptionBuilder.describe(
                empty,
                "Watch what is kept open: how, for how long still, and what happened last.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar watch                   a live table, until Ctrl-C",
                        "  ajar watch --once            the same once",
                        ""),
                List.of("", "Nothing there? ajar open 25565"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        Terminal terminal = context.terminal();
        String time = OptionBuilder.given(stay);
        long turns = time == null ? Long.MAX_VALUE : TimeSyntax.stay(time).toSeconds();
        String before = "";
        for (long turn = 0; turn < (OptionBuilder.isSet(once) ? 1 : turns); turn++) {
            Result<List<WatchRow>> rows = context.backend().watch();
            if (rows instanceof Result.Err<List<WatchRow>>(Failure failure)) {
                FailureText.print(terminal, failure, List.of());
                return ExitCode.of(failure).number();
            }
            before = show(rows.toOptional().orElse(List.of()), before);
            if (!OptionBuilder.isSet(once) && !context.backend().pause(SECOND)) {
                break;
            }
        }
        return ExitCode.DONE.number();
    }

    /** On a terminal anew each second; elsewhere only when something but the time has changed. */
    private String show(List<WatchRow> rows, String before) {
        Terminal terminal = context.terminal();
        Optional<String> keeper = context.backend().keeper();
        List<RelayReport> relays = context.backend().relays();
        if (OptionBuilder.isSet(json)) {
            terminal.out().println(WatchText.json(rows, keeper, relays));
            return before;
        }
        boolean live = terminal.colour() && !OptionBuilder.isSet(once);
        String now = WatchText.withoutTimes(rows, relays);
        if (live || !now.equals(before)) {
            if (live) {
                terminal.out().print(CLEAR);
            }
            WatchText.print(terminal, rows, keeper, relays);
            terminal.out().flush();
        }
        return now;
    }
}
