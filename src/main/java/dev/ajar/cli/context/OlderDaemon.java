package dev.ajar.cli.context;

import dev.ajar.cli.render.Terminal;
import dev.ajar.service.client.DaemonLink;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** A daemon of an older version, which does not know the request but runs the command line. */
public final class OlderDaemon {
    /** The options that the environment and the configuration file may set. */
    private static final List<String> SETTINGS = List.of("gateway", "lease", "method", "timeout");

    private OlderDaemon() {}

    /**
     * Has the daemon run the typed command, prints its output, and says that it should be restarted.
     *
     * @param settings the options set in the user's environment, by their names
     * @return the exit code; empty if the daemon has ended
     */
    public static Optional<Integer> carryOut(
            DaemonLink daemon, CommandSpec typed, Function<String, Optional<String>> settings, Terminal terminal) {
        List<String> arguments = typed.root().commandLine().getParseResult().originalArgs();
        Map<String, String> set = new HashMap<>();
        SETTINGS.forEach(name -> settings.apply(name).ifPresent(value -> set.put(name, value)));
        return daemon.run(arguments, set, terminal.unicode()).map(done -> {
            terminal.out().print(done.out());
            terminal.err().print(done.err());
            terminal.tell(terminal.text("command.older-daemon"));
            return done.exitCode();
        });
    }
}
