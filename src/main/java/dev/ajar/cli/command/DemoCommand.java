package dev.ajar.cli.command;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code ajar demo}. */
public final class DemoCommand implements CliCommand {
    private final CliContext context;

    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.NOTHING);

    public DemoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.demo"), Message.of("help.demo.examples"), Message.of("help.demo.end"));
    }

    @Override
    public Integer call() {
        boolean worked = context.demo()
                .tell(OptionBuilder.isSet(quiet) ? context.terminal().mute() : context.terminal());
        return (worked ? ExitCode.DONE : ExitCode.BUG).number();
    }
}
