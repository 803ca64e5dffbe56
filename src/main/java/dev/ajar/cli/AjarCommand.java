package dev.ajar.cli;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.Terminal;
import dev.ajar.message.Message;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar} by itself shows the lines that a first start needs, and in a file or a pipe the help. */
final class AjarCommand implements CliCommand {
    private final Terminal terminal;
    private @Nullable CommandSpec spec;

    AjarCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.name("ajar").usageMessage().synopsisSubcommandLabel("COMMAND");
        OptionBuilder.describe(
                empty, Message.of("help.ajar"), Message.of("help.ajar.examples"), Message.of("help.ajar.end"));
    }

    @Override
    public Integer call() {
        if (terminal.isInteractive()) {
            terminal.text("help.first").lines().forEach(terminal::say);
        } else if (spec != null) {
            CommandLine line = spec.commandLine();
            line.usage(line.getOut(), line.getColorScheme());
        }
        return 0;
    }
}
