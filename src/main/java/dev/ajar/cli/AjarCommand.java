package dev.ajar.cli;

import dev.ajar.cli.command.CliCommand;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.message.Message;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar} by itself shows the help. */
final class AjarCommand implements CliCommand {
    private @Nullable CommandSpec spec;

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.name("ajar").usageMessage().synopsisSubcommandLabel("COMMAND");
        OptionBuilder.describe(
                empty, Message.of("help.ajar"), Message.of("help.ajar.examples"), Message.of("help.ajar.end"));
    }

    @Override
    public Integer call() {
        if (spec != null) {
            CommandLine line = spec.commandLine();
            line.usage(line.getOut(), line.getColorScheme());
        }
        return 0;
    }
}
