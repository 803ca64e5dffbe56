package dev.ajar.cli;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.cli.output.ProgressLine;
import dev.ajar.cli.output.Terminal;
import dev.ajar.cli.output.Troubles;
import dev.ajar.gateway.Attempt;
import dev.ajar.manager.Actions;
import dev.ajar.manager.Progress;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.Selection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands that talk to a gateway share: options, progress, and the ways things end before they begin. */
abstract class Action implements Verb {
    private final Surroundings surroundings;
    private final GatewayOptions gatewayOptions;
    private final OutputOptions outputOptions = new OutputOptions();
    private @Nullable CommandSpec spec;

    Action(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.gatewayOptions = new GatewayOptions(surroundings.settings());
    }

    /** Whether it changes or shows what a daemon keeps, so that the daemon has to be asked if there is one. */
    boolean concernsTheDaemon() {
        return true;
    }

    /** Adds what only this command has. */
    abstract void defineOwn(CommandSpec own);

    /** Refuses bad input before anything is touched. */
    void check() throws BadInput {}

    /** Whether it can be told of a rule somebody made by hand. */
    boolean takesByHand() {
        return false;
    }

    /** Whether it can be done on every gateway at once. */
    boolean takesAll() {
        return false;
    }

    final boolean isForAll() {
        return gatewayOptions.isAll();
    }

    final boolean isByHand() {
        return gatewayOptions.isByHand();
    }

    /** Why ajar itself will not do it; asked after {@link #check}. */
    Optional<Failure> objection() {
        return Optional.empty();
    }

    /** Does it and says what came of it. */
    abstract ExitCode run(Actions actions, Selection selection, Duration timeout) throws BadInput;

    @Override
    public final void define(CommandSpec empty) {
        spec = empty;
        defineOwn(empty);
        gatewayOptions.addTo(empty);
        outputOptions.addTo(empty);
    }

    final OutputOptions output() {
        return outputOptions;
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    final Terminal terminal() {
        return surroundings.terminal();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not defined yet");
        }
        return spec;
    }

    @Override
    public final Integer call() throws BadInput {
        try (ProgressLine line = new ProgressLine(terminal().err())) {
            check();
            if (gatewayOptions.isByHand() && !takesByHand()) {
                throw new BadInput("--method manual is for ajar open, to note a rule you made on the router's page");
            }
            if (gatewayOptions.isAll() && !takesAll()) {
                throw new BadInput(GatewayOptions.FOR_OPEN);
            }
            Selection selection = gatewayOptions.selection(surroundings.premises()::routes);
            Duration timeout = gatewayOptions.timeout();
            Optional<Failure> unsafe = GatewayOptions.unsafe(selection).or(this::objection);
            if (unsafe.isPresent()) {
                return fail(unsafe.get()).number();
            }
            Optional<Integer> done = concernsTheDaemon()
                    ? surroundings().elsewhere().carryOut(spec(), surroundings().settings(), terminal())
                    : Optional.empty();
            if (done.isPresent()) {
                return done.get();
            }
            Progress progress = outputOptions.quiet() ? Progress.SILENT : line;
            return switch (surroundings.actions().apply(progress)) {
                case Result.Ok<Actions>(Actions actions) ->
                    run(actions, selection, timeout).number();
                case Result.Err<Actions>(Failure failure) -> fail(failure).number();
            };
        }
    }

    private ExitCode fail(Failure failure) {
        if (outputOptions.json()) {
            terminal().out().println(JsonReports.failed(spec().name(), failure));
        } else {
            Troubles.print(terminal(), failure, List.of());
        }
        return ExitCode.of(failure);
    }

    final void tellAttempts(List<Attempt> attempts) {
        boolean toldAlready = Troubles.tellsAttempts(attempts) && !outputOptions.json();
        if (outputOptions.verbose() && !attempts.isEmpty() && !toldAlready) {
            terminal().err().println("Asked:");
            Troubles.attempts(terminal().err(), attempts);
        }
    }
}
