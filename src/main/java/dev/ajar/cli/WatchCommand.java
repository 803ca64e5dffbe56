package dev.ajar.cli;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.cli.output.RelayReport;
import dev.ajar.cli.output.Terminal;
import dev.ajar.cli.output.Troubles;
import dev.ajar.cli.output.WatchRow;
import dev.ajar.cli.output.WatchText;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code ajar watch}. */
final class WatchCommand implements Verb {
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Back to the upper left corner, and away with what was there (ECMA-48: CUP, ED). */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Surroundings surroundings;
    private final OptionSpec once = Grammar.flag("Show it once.", "--once");
    private final OptionSpec json = Grammar.flag("One JSON document each time (docs/json.md).", "--json");
    private final OptionSpec stay = Grammar.text("--for", "TIME", "End after that time. Default: at Ctrl-C.");

    WatchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(once).addOption(json).addOption(stay);
        Grammar.describe(
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
    public Integer call() throws BadInput {
        Terminal terminal = surroundings.terminal();
        String time = Grammar.given(stay);
        long turns = time == null ? Long.MAX_VALUE : TimeSyntax.stay(time).toSeconds();
        String before = "";
        for (long turn = 0; turn < (Grammar.isSet(once) ? 1 : turns); turn++) {
            Result<List<WatchRow>> rows = surroundings.life().watch();
            if (rows instanceof Result.Err<List<WatchRow>>(Failure failure)) {
                Troubles.print(terminal, failure, List.of());
                return ExitCode.of(failure).number();
            }
            before = show(rows.toOptional().orElse(List.of()), before);
            if (!Grammar.isSet(once) && !surroundings.life().pause(SECOND)) {
                break;
            }
        }
        return ExitCode.DONE.number();
    }

    /** On a terminal anew each second; elsewhere only when something but the time has changed. */
    private String show(List<WatchRow> rows, String before) {
        Terminal terminal = surroundings.terminal();
        Optional<String> keeper = surroundings.life().keeper();
        List<RelayReport> relays = surroundings.life().relays();
        if (Grammar.isSet(json)) {
            terminal.out().println(JsonReports.watch(rows, keeper, relays));
            return before;
        }
        boolean live = terminal.colour() && !Grammar.isSet(once);
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
