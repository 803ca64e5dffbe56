package dev.ajar.cli.context;

import dev.ajar.cli.option.GatewayOptions;
import dev.ajar.cli.option.OutputOptions;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.ProgressLine;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Result;
import dev.ajar.service.PortService;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.system.EagerValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The common part of all commands that talk to a gateway: options, progress, and the failures before the command runs.
 */
public abstract class GatewayCommand implements CliCommand {
    private final CliContext context;
    private final GatewayOptions gatewayOptions;
    private final OutputOptions outputOptions;
    private @Nullable CommandSpec spec;
    private Supplier<Optional<DaemonLink>> daemon;

    protected GatewayCommand(CliContext context) {
        this(context, Quiet.NOTHING);
    }

    /** @param left of the output with {@code -q} */
    protected GatewayCommand(CliContext context, Quiet left) {
        this.outputOptions = new OutputOptions(left);
        this.context = context;
        this.gatewayOptions = new GatewayOptions(context.settings(), context.protocols());
        this.daemon = context.services()::daemon;
    }

    @Override
    public void begin() {
        daemon = EagerValue.of("daemon", daemon);
    }

    /** Adds the options and the help of this command. */
    protected abstract void defineOwn(CommandSpec own);

    /** Refuses bad input before the command changes anything. */
    protected void check() throws InvalidInputException {}

    /** Whether the command takes {@code --method manual}. */
    protected boolean takesByHand() {
        return false;
    }

    /** Whether the command takes {@code --gateway all}. */
    protected boolean takesAll() {
        return false;
    }

    protected final boolean isForAll() {
        return gatewayOptions.isAll();
    }

    protected final boolean isByHand() {
        return gatewayOptions.isByHand();
    }

    /** Why ajar itself refuses; asked after {@link #check}. */
    protected Optional<Failure> objection() {
        return Optional.empty();
    }

    /** The request to the daemon that does it; empty if only this process does it. */
    protected String request() {
        return "";
    }

    /** Runs the command and prints the outcome. */
    protected abstract ExitCode run(PortService service, GatewaySelector selection, Duration timeout)
            throws InvalidInputException;

    @Override
    public final void define(CommandSpec empty) {
        spec = empty;
        defineOwn(empty);
        gatewayOptions.addTo(empty);
        outputOptions.addTo(empty);
    }

    protected final OutputOptions output() {
        return outputOptions;
    }

    protected final CliContext context() {
        return context;
    }

    /** Says nothing where the user wants to hear of failures alone. */
    protected final Terminal terminal() {
        return outputOptions.isMute() ? context.terminal().mute() : context.terminal();
    }

    /** For what a command was asked to look at: where not all is well, that is told with {@code -q} too. */
    protected final Terminal terminal(ExitCode outcome) {
        return outcome == ExitCode.DONE ? terminal() : context.terminal();
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not defined yet");
        }
        return spec;
    }

    @Override
    public final Integer call() throws InvalidInputException {
        try (ProgressLine line = new ProgressLine(terminal())) {
            check();
            if (gatewayOptions.isByHand() && !takesByHand()) {
                throw new InvalidInputException(Message.of("open.manual-only"));
            }
            if (gatewayOptions.isAll() && !takesAll()) {
                throw new InvalidInputException(Message.of("options.all-is-for-open"));
            }
            GatewaySelector selection =
                    gatewayOptions.selection(context.hostProbe()::routes, context.hostProbe()::isOwn);
            Duration timeout = gatewayOptions.timeout();
            Optional<Failure> unsafe = GatewayOptions.unsafe(selection).or(this::objection);
            if (unsafe.isPresent()) {
                return fail(unsafe.get()).number();
            }
            // Reading the time zone takes 3 ms, and a router or a daemon is waited for in a moment.
            EagerValue.of("clock", () -> context.clock().at(Instant.EPOCH));
            Optional<DaemonLink> keeping = request().isEmpty() ? Optional.empty() : daemon.get();
            if (keeping.isPresent()) {
                Optional<Integer> done = at(keeping.get(), selection, timeout);
                if (done.isPresent()) {
                    return done.get();
                }
            }
            if (!request().isEmpty() && !outputOptions.quiet() && !outputOptions.json()) {
                context.services()
                        .notice()
                        .ifPresent(notice -> terminal().tell(terminal().text(notice)));
            }
            Progress progress = outputOptions.quiet() ? Progress.silent() : line;
            return switch (context.services().here(progress)) {
                case Result.Ok<PortService>(PortService service) ->
                    run(service, selection, timeout).number();
                case Result.Err<PortService>(Failure failure) -> fail(failure).number();
            };
        }
    }

    /** @return the exit code; empty if the daemon has ended meanwhile */
    private Optional<Integer> at(DaemonLink daemon, GatewaySelector selection, Duration timeout)
            throws InvalidInputException {
        return daemon.knows(request())
                ? Optional.of(
                        run(context.services().at(daemon), selection, timeout).number())
                : OlderDaemon.carryOut(daemon, spec(), context().settings(), terminal());
    }

    protected final ExitCode fail(Failure failure) {
        if (outputOptions.json()) {
            terminal().document(JsonReports.failed(spec().name(), failure));
        } else {
            FailureText.print(terminal(), failure);
        }
        return ExitCode.of(failure);
    }

    protected final void tellAttempts(List<ProbeAttempt> attempts) {
        if (outputOptions.verbose() && !attempts.isEmpty()) {
            terminal().tell(terminal().text("command.asked"));
            FailureText.attempts(terminal(), terminal().err(), attempts);
        }
    }
}
