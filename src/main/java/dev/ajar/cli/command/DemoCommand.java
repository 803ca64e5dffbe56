package dev.ajar.cli.command;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar demo}. */
public final class DemoCommand implements CliCommand {
    private final CliContext context;

    public DemoCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        OptionBuilder.describe(
                empty, Message.of("help.demo"), Message.of("help.demo.examples"), Message.of("help.demo.end"));
    }

    @Override
    public Integer call() {
        boolean worked = context.demo().tell(context.terminal());
        return (worked ? ExitCode.DONE : ExitCode.BUG).number();
    }
}
