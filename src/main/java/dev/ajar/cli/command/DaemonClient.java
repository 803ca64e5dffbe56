package dev.ajar.cli.command;

import dev.ajar.cli.render.Terminal;
import dev.ajar.control.ControlRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** Asks the daemon that holds the same state file, and so has to run the commands that change it. */
@FunctionalInterface
public interface DaemonClient {
    DaemonClient NONE = controlRequest -> Optional.empty();

    /** The options that the environment and the configuration file may set. */
    List<String> SETTINGS = List.of("gateway", "lease", "method", "timeout");

    /** @return empty if there is no daemon, so that this process runs the command */
    Optional<ControlRequest.Response> ask(ControlRequest controlRequest);

    /**
     * Has the daemon run the typed command, and prints its output.
     *
     * @param settings the options set in the user's environment, by their names
     * @return the exit code; empty if there is no daemon
     */
    default Optional<Integer> carryOut(
            CommandSpec typed, Function<String, Optional<String>> settings, Terminal terminal) {
        List<String> arguments = typed.root().commandLine().getParseResult().originalArgs();
        Map<String, String> set = new HashMap<>();
        SETTINGS.forEach(name -> settings.apply(name).ifPresent(value -> set.put(name, value)));
        return ask(new ControlRequest(arguments, set, terminal.colour(), terminal.unicode()))
                .map(done -> {
                    terminal.out().print(done.out());
                    terminal.err().print(done.err());
                    return done.exitCode();
                });
    }
}
