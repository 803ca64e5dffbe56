package dev.ajar.cli.command;

import dev.ajar.cli.render.Terminal;
import dev.ajar.control.ControlRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** A daemon that keeps the same notes, and so has to do what changes them. */
@FunctionalInterface
public interface DaemonClient {
    DaemonClient NOBODY = controlRequest -> Optional.empty();

    /** The options the environment and the configuration file have a say in. */
    List<String> SETTINGS = List.of("gateway", "lease", "method", "timeout");

    /** @return empty where there is none, so that the command has to be carried out here */
    Optional<ControlRequest.Response> ask(ControlRequest controlRequest);

    /**
     * Has the command that was typed carried out there, and tells what came of it.
     *
     * @param settings what whoever typed it has set of options, by their names
     * @return its exit code; empty where there is nobody to ask
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
