package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.config.ConfigFile;
import dev.ajar.config.ConfigProblem;
import dev.ajar.syntax.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code ajar config check}. */
public final class ConfigCommand implements CliCommand {
    private final CliContext context;
    private final PositionalParamSpec words =
            OptionBuilder.words("check [FILE]", "Say whether the file makes sense, and where it does not.");
    private @Nullable CommandSpec spec;

    public ConfigCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        spec = empty;
        empty.addPositional(words);
        OptionBuilder.describe(
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
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        if (spec == null || given.isEmpty() || !given.getFirst().equals("check") || given.size() > 2) {
            throw new InvalidInputException("write it like: ajar config check, or ajar config check FILE");
        }
        Optional<Path> file = given.size() == 2
                ? Optional.of(Path.of(given.get(1)))
                : context.backend().configPlace();
        if (file.isEmpty()) {
            context.terminal().err().println("ajar: there is no HOME, so there is no usual place; name the file.");
            return ExitCode.BAD_STATE.number();
        }
        return check(file.get()).number();
    }

    private ExitCode check(Path file) {
        Optional<ConfigFile> read = ConfigFile.read(file);
        if (read.isEmpty()) {
            context.terminal()
                    .err()
                    .println("ajar: there is no " + file + ". docs/keeping.md shows what to write into it.");
            return ExitCode.BAD_STATE;
        }
        List<ConfigProblem> problems = read.get().problems();
        problems.forEach(problem -> context.terminal().err().println(problem.in(file.toString())));
        if (!problems.isEmpty()) {
            return ExitCode.BAD_STATE;
        }
        int ports = read.get().configuration().lines().size();
        int relays = read.get().relays().size();
        context.terminal()
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
