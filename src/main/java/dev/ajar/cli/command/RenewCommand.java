package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.JsonReports;
import dev.ajar.cli.render.Terminal;
import dev.ajar.keeper.EventText;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.RenewalRequest;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.TimeSyntax;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ajar renew}: one pass, for cron or by hand. */
public final class RenewCommand implements CliCommand {
    private final CliContext context;
    private final OptionSpec cron = OptionBuilder.flag(Message.of("help.renew.cron"), "--cron");
    private final OptionSpec every = OptionBuilder.text("--every", "TIME", Message.of("help.renew.every"));
    private final OptionSpec config = OptionBuilder.text("--config", "FILE", Message.of("help.option.config"));
    private final OptionSpec json = OptionBuilder.json();
    private @Nullable CommandSpec spec;

    public RenewCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.addOption(cron).addOption(every).addOption(config).addOption(json);
        OptionBuilder.describe(
                empty, Message.of("help.renew"), Message.of("help.renew.examples"), Message.of("help.renew.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        Optional<Duration> interval = OptionBuilder.value(every, TimeSyntax::every);
        Optional<Integer> done = spec == null
                ? Optional.empty()
                : context.daemonClient().carryOut(spec, context.settings(), context.terminal());
        if (done.isPresent()) {
            return done.get();
        }
        String file = OptionBuilder.given(config);
        Result<CommandBackend.RenewalResult> result = context.backend()
                .renew(new RenewalRequest(
                        Optional.ofNullable(file).map(Path::of), OptionBuilder.isSet(cron), interval));
        return switch (result) {
            case Result.Ok<CommandBackend.RenewalResult>(CommandBackend.RenewalResult pass) ->
                report(pass).number();
            case Result.Err<CommandBackend.RenewalResult>(Failure failure) ->
                fail(failure).number();
        };
    }

    private ExitCode fail(Failure failure) {
        ExitCode exitCode = ExitCode.of(failure);
        if (OptionBuilder.isSet(json)) {
            context.terminal().out().println(JsonReports.failed("renew", failure));
        } else if (!(OptionBuilder.isSet(cron) && failure instanceof Failure.Busy)) {
            FailureText.print(context.terminal(), failure, List.of());
        }
        return exitCode;
    }

    private ExitCode report(CommandBackend.RenewalResult pass) {
        List<Failure> failures = pass.troubles().stream()
                .map(CommandBackend.UnopenedMapping::failure)
                .toList();
        ExitCode exitCode = ExitCode.of(failures, failures.size() + pass.open());
        Terminal terminal = context.terminal();
        List<String> changes = pass.events().stream()
                .filter(RenewCommand::isChange)
                .map(event -> EventText.of(event).toString())
                .toList();
        if (OptionBuilder.isSet(json)) {
            terminal.out().println(JsonReports.renew(pass.open(), changes, failures, pass.tooShort(), exitCode));
            return exitCode;
        }
        warn(pass.tooShort());
        if (!changes.isEmpty()) {
            terminal.out()
                    .println(
                            OptionBuilder.isSet(cron)
                                    ? terminal.text("command.event", "event", String.join("; ", changes))
                                    : String.join(System.lineSeparator(), changes));
        } else if (!OptionBuilder.isSet(cron) && failures.isEmpty()) {
            terminal.out()
                    .println(
                            pass.open() == 0
                                    ? terminal.text("command.renew-nothing")
                                    : terminal.text("command.renew-well", "open", pass.open()));
        }
        for (CommandBackend.UnopenedMapping trouble : pass.troubles()) {
            terminal.err()
                    .println(terminal.text(
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
                context.terminal()
                        .err()
                        .println(context.terminal()
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

    private static boolean isChange(KeeperEvent event) {
        return !(event instanceof KeeperEvent.Failed);
    }
}
