package dev.ajar.cli;

import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.service.BuildVersion;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar version}. The program answers it before there is a command line; this is its place in the help. */
final class VersionCommand implements CliCommand {
    private final CliContext context;

    VersionCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(OptionBuilder.quiet(Quiet.ANSWER));
        OptionBuilder.describe(
                empty, Message.of("help.version"), Message.of("help.version.examples"), Message.of("help.version.end"));
    }

    @Override
    public Integer call() {
        context.terminal().say("ajar " + BuildVersion.text());
        return ExitCode.DONE.number();
    }
}
