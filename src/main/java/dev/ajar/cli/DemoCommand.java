package dev.ajar.cli;

import dev.ajar.cli.output.ExitCode;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar demo}. */
final class DemoCommand implements Verb {
    private final Surroundings surroundings;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void define(CommandSpec empty) {
        Grammar.describe(
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
        boolean worked = surroundings.demo().tell(surroundings.terminal());
        return (worked ? ExitCode.DONE : ExitCode.BUG).number();
    }
}
