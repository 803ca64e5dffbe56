package dev.ajar.testing;

import dev.ajar.app.Wiring;
import dev.ajar.cli.Cli;
import dev.ajar.cli.Elsewhere;
import dev.ajar.cli.Surroundings;
import dev.ajar.cli.output.Terminal;
import dev.ajar.doctor.Premises;
import dev.ajar.model.Result;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.state.StateStore;
import dev.ajar.system.SystemTimeline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.Optional;

/** The command line of a machine behind an embedded router. */
public final class CliHarness {
    private final EmbeddedRouter router;
    private final StateStore store;
    private final Premises premises;

    public CliHarness(EmbeddedRouter router, StateStore store) {
        this(router, store, new FakePremises(router.lan().routes()));
    }

    public CliHarness(EmbeddedRouter router, StateStore store, Premises premises) {
        this.router = router;
        this.store = store;
        this.premises = premises;
    }

    /** What a command left behind. */
    public record Outcome(int exitCode, String out, String err) {}

    public Outcome run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Wiring wiring = Wiring.embedded(router, new SystemTimeline());
        Surroundings surroundings = new Surroundings(
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false, true),
                progress -> Result.ok(wiring.actions(store, progress)),
                terminal -> true,
                ZoneOffset.UTC,
                name -> Optional.empty(),
                Elsewhere.NOBODY,
                Optional.empty(),
                premises,
                new NoLife());
        int exitCode = new Cli(surroundings).run(args);
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
