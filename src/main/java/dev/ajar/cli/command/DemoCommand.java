package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import java.util.List;
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
                empty,
                "Watch ajar open a port on a built-in router, and learn what port forwarding is.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar demo                    takes a few seconds, touches nothing but this machine",
                        ""),
                List.of("", "Then, at home: ajar open 25565"));
    }

    @Override
    public Integer call() {
        boolean worked = context.demo().tell(context.terminal());
        return (worked ? ExitCode.DONE : ExitCode.BUG).number();
    }
}
