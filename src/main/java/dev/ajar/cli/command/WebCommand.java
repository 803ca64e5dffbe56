package dev.ajar.cli.command;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.LogText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.PageLink;
import dev.ajar.service.client.DaemonLink;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ajar web}: the page of the daemon that runs, or of one that this command runs. */
public final class WebCommand implements CliCommand {
    private static final int SECONDS = 30;

    private @Nullable CommandSpec spec;

    private final CliContext context;
    private final OptionSpec noBrowser = OptionBuilder.flag(Message.of("help.web.no-browser"), "--no-browser");
    private final OptionSpec json = OptionBuilder.flag(Message.of("help.web.json"), "--json");
    private final OptionSpec config = OptionBuilder.text("--config", "FILE", Message.of("help.option.config"));

    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.ANSWER);

    public WebCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.addOption(noBrowser).addOption(config).addOption(json).addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.web"), Message.of("help.web.examples"), Message.of("help.web.end"));
    }

    @Override
    public Integer call() {
        Optional<DaemonLink> daemon = context.services().daemon();
        if (daemon.isPresent()) {
            return switch (daemon.get().page(context.protocols(), language())) {
                case Result.Ok<PageLink>(PageLink link) -> {
                    show(link);
                    yield ExitCode.DONE.number();
                }
                case Result.Err<PageLink>(Failure failure) -> ended(Optional.of(failure));
            };
        }
        String file = OptionBuilder.given(config);
        Optional<Failure> failure = context.backend()
                .daemonWithPage(
                        Optional.ofNullable(file).map(Path::of),
                        language(),
                        link -> {
                            show(link);
                            tell(Message.of("web.until"));
                        },
                        OptionBuilder.isSet(quiet)
                                ? LogText.troubleOn(context.terminal())
                                : line -> context.terminal()
                                        .tell(context.terminal().text(line)));
        return ended(failure);
    }

    /** The one that was asked for by {@code --lang} or is the terminal's; an English one leaves it to the browser. */
    private String language() {
        String asked = Optional.ofNullable(spec)
                .map(own -> own.findOption("--lang"))
                .map(OptionBuilder::given)
                .map(code -> Messages.wished(code).code())
                .orElse("");
        String terminal = context.terminal().messages().code();
        return asked.isEmpty() && !terminal.equals(Messages.ENGLISH.code()) ? terminal : asked;
    }

    private int ended(Optional<Failure> failure) {
        failure.ifPresent(this::fail);
        return failure.map(ExitCode::of).orElse(ExitCode.DONE).number();
    }

    private void show(PageLink link) {
        Terminal terminal = context.terminal();
        if (OptionBuilder.isSet(json)) {
            terminal.document(link.document());
            return;
        }
        boolean shown = !OptionBuilder.isSet(noBrowser) && context.backend().browse(link.file());
        if (shown) {
            context.terminal(quiet, json).say(terminal.text("web.opened", "address", link.address()));
        } else {
            terminal.say(terminal.text("web.open-it", "seconds", SECONDS, "link", link.link()));
        }
        terminal.out().flush();
    }

    private void tell(Message message) {
        if (!OptionBuilder.isSet(json) && !OptionBuilder.isSet(quiet)) {
            context.terminal().tell(context.terminal().text(message));
        }
    }

    private void fail(Failure failure) {
        if (OptionBuilder.isSet(json)) {
            context.terminal().document(JsonReports.failed("web", failure));
        } else {
            FailureText.print(context.terminal(), failure);
        }
    }
}
