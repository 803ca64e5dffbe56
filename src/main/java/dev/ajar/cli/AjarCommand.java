package dev.ajar.cli;

import dev.ajar.cli.command.CliCommand;
import dev.ajar.cli.option.OptionBuilder;
import java.util.List;
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
                empty,
                "ajar opens ports on your router, so that friends can join your game.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar open 25565              let the internet reach port 25565 of this machine",
                        "  ajar open minecraft          the same by the game's name",
                        "  ajar status                  what the router is, and what ajar holds open",
                        "  ajar close 25565             close it again",
                        "  ajar demo                    watch it work on a built-in router",
                        ""),
                List.of(
                        "",
                        "ajar COMMAND --help shows examples of each command; ajar --version the version.",
                        "Not reachable? ajar doctor 25565 finds out why, and says what to do."));
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
