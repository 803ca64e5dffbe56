package dev.ajar.cli;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.config.ConfigFile;
import dev.ajar.cli.config.Problem;
import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.output.ExitCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ajar config check}. */
final class ConfigCommand implements Verb {
    private final Surroundings surroundings;
    private final PositionalParamSpec words =
            Grammar.words("check [FILE]", "Say whether the file makes sense, and where it does not.");
    private @Nullable CommandSpec spec;

    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.addPositional(words);
        Grammar.describe(
                empty,
                "Check the configuration file.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar config check                the file in its usual place",
                        "  ajar config check my.toml        another one",
                        ""),
                List.of("", "What may stand in it: docs/keeping.md"));
    }

    @Override
    public Integer call() throws BadInput {
        List<String> given = Grammar.all(words);
        if (spec == null || given.isEmpty() || !given.getFirst().equals("check") || given.size() > 2) {
            throw new BadInput("write it like: ajar config check, or ajar config check FILE");
        }
        Optional<Path> file = given.size() == 2
                ? Optional.of(Path.of(given.get(1)))
                : surroundings.life().configPlace();
        if (file.isEmpty()) {
            surroundings.terminal().err().println("ajar: there is no HOME, so there is no usual place; name the file.");
            return ExitCode.BAD_STATE.number();
        }
        return check(file.get()).number();
    }

    private ExitCode check(Path file) {
        Optional<ConfigFile> read = ConfigFile.read(file);
        if (read.isEmpty()) {
            surroundings
                    .terminal()
                    .err()
                    .println("ajar: there is no " + file + ". docs/keeping.md shows what to write into it.");
            return ExitCode.BAD_STATE;
        }
        List<Problem> problems = read.get().problems();
        problems.forEach(problem -> surroundings.terminal().err().println(problem.in(file.toString())));
        if (!problems.isEmpty()) {
            return ExitCode.BAD_STATE;
        }
        int ports = read.get().configuration().lines().size();
        int relays = read.get().relays().size();
        surroundings
                .terminal()
                .out()
                .println(file
                        + " is in order: "
                        + ports
                        + (ports == 1 ? " port" : " ports")
                        + " to keep open"
                        + (relays == 0 ? "." : ", " + relays + " to relay."));
        return ExitCode.DONE;
    }
}
