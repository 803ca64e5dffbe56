package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.OlderDaemon;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.PortService;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.json.RenewJson;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.TimeSyntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code ajar renew}: one pass, for cron or by hand. */
public final class RenewCommand implements CliCommand {
    private final CliContext context;
    private final OptionSpec cron = OptionBuilder.flag(Message.of("help.renew.cron"), "--cron");
    private final OptionSpec every = OptionBuilder.text("--every", "TIME", Message.of("help.renew.every"));
    private final OptionSpec config = OptionBuilder.text("--config", "FILE", Message.of("help.option.config"));
    private final OptionSpec json = OptionBuilder.json();
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.NOTHING);
    private @Nullable CommandSpec spec;

    public RenewCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.addOption(cron).addOption(every).addOption(config).addOption(json).addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.renew"), Message.of("help.renew.examples"), Message.of("help.renew.end"));
    }

    private Terminal terminal() {
        return context.terminal(quiet, json);
    }

    @Override
    public Integer call() throws InvalidInputException {
        Optional<Duration> interval = OptionBuilder.value(every, TimeSyntax::every);
        Optional<DaemonLink> daemon = context.services().daemon();
        if (daemon.isPresent()) {
            Optional<Integer> done = at(daemon.get(), interval);
            if (done.isPresent()) {
                return done.get();
            }
        }
        return switch (context.services().here(Progress.silent())) {
            case Result.Ok<PortService>(PortService service) ->
                run(service, interval).number();
            case Result.Err<PortService>(Failure failure) -> fail(failure).number();
        };
    }

    /** @return the exit code; empty if the daemon has ended meanwhile */
    private Optional<Integer> at(DaemonLink daemon, Optional<Duration> interval) {
        if (daemon.knows("renew")) {
            return Optional.of(run(context.services().at(daemon), interval).number());
        }
        return spec == null ? Optional.empty() : OlderDaemon.carryOut(daemon, spec, context.settings(), terminal());
    }

    private ExitCode run(PortService service, Optional<Duration> interval) {
        String file = OptionBuilder.given(config);
        RenewalRequest request =
                new RenewalRequest(Optional.ofNullable(file).map(Path::of), OptionBuilder.isSet(cron), interval);
        return switch (service.renew(request, waiting())) {
            case Result.Ok<CommandBackend.RenewalResult>(CommandBackend.RenewalResult pass) -> report(pass);
            case Result.Err<CommandBackend.RenewalResult>(Failure failure) -> fail(failure);
        };
    }

    /** A timer would send it by mail. */
    private Consumer<Message> waiting() {
        boolean silent = OptionBuilder.isSet(quiet) || OptionBuilder.isSet(cron);
        return silent ? step -> {} : step -> terminal().tell(terminal().text(step));
    }

    private ExitCode fail(Failure failure) {
        ExitCode exitCode = ExitCode.of(failure);
        if (OptionBuilder.isSet(json)) {
            terminal().document(JsonReports.failed("renew", failure));
        } else if (!(OptionBuilder.isSet(cron) && failure instanceof Failure.Busy)) {
            FailureText.print(terminal(), failure);
        }
        return exitCode;
    }

    private ExitCode report(CommandBackend.RenewalResult pass) {
        List<Failure> failures = pass.troubles().stream()
                .map(CommandBackend.UnopenedMapping::failure)
                .toList();
        ExitCode exitCode = RenewJson.exitCode(pass);
        Terminal terminal = terminal();
        if (OptionBuilder.isSet(json)) {
            terminal.document(RenewJson.write(pass));
            return exitCode;
        }
        List<String> changes = RenewJson.changes(pass).stream()
                .map(event -> terminal.text(event.sentence()))
                .toList();
        warn(pass.tooShort());
        if (!changes.isEmpty() && OptionBuilder.isSet(cron)) {
            terminal.say(terminal.text("command.event", "event", String.join("; ", changes)));
        } else if (!changes.isEmpty()) {
            changes.forEach(terminal::say);
        } else if (!OptionBuilder.isSet(cron) && failures.isEmpty()) {
            terminal.say(
                    pass.open() == 0
                            ? terminal.text("command.renew-nothing")
                            : terminal.text("command.renew-well", "open", pass.open()));
        }
        for (CommandBackend.UnopenedMapping trouble : pass.troubles()) {
            terminal.tell(terminal.text(
                    "command.renew-failed",
                    "failed",
                    terminal.bad("failed"),
                    "port",
                    trouble.label(),
                    "failure",
                    FailureText.line(trouble.failure())));
        }
        if (!OptionBuilder.isSet(cron)) {
            failures.stream().limit(1).forEach(failure -> FailureText.advise(terminal, failure));
        }
        return exitCode;
    }

    /** By cron once only, or a mail would come after every run. */
    private void warn(List<CommandBackend.ShortLease> tooShort) {
        for (CommandBackend.ShortLease one : tooShort) {
            if (!(OptionBuilder.isSet(cron) && one.told())) {
                terminal()
                        .tell(terminal()
                                .text(
                                        "command.renew-too-short",
                                        "port",
                                        one.label(),
                                        "lease",
                                        one.lease().text(),
                                        "interval",
                                        new LeaseDuration.Finite(one.interval()).text()));
            }
        }
    }
}
