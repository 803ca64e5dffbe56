package dev.ajar.app;

import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.TargetPolicy;
import dev.ajar.relay.engine.EventLoops;
import dev.ajar.relay.engine.RelayServer;
import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.relay.worker.WorkerLines;
import dev.ajar.system.HomeNetwork;
import dev.ajar.system.Signals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The relay's own process, which {@code ajar relay} and the daemon start: orders on standard input, what comes of them on
 * standard output.
 */
public final class RelayMain {
    private static final Duration DRAIN = Duration.ofSeconds(30);
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+)\\s");

    /** Where the system does not tell: enough for the default limits of a rule. */
    private static final long USUAL_FILES = 4096 + 256;

    private RelayMain() {}

    /** @param args the word, and where to be asked how it goes, if anywhere */
    static void run(Wiring wiring, String... args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        WorkerLines lines = new WorkerLines(out::println);
        RelayServer server = new RelayServer(
                EventLoops.best(),
                ConnectionLimit.within(openFiles()),
                () -> wiring.timeline().uptime().toNanos());
        RelayWorker worker = new RelayWorker(
                server, TargetPolicy.of(new HomeNetwork(wiring.network())), wiring.timeline(), DRAIN, lines);
        Signals.hear("TERM", signal -> worker.stop());
        // From a terminal it comes to the controller as well, which asks for the end.
        Signals.hear("INT", signal -> {});
        Signals.hear("HUP", signal -> {});
        Optional<ControlServer> controlServer =
                args.length > 1 ? controlServer(Path.of(args[1]), worker) : Optional.empty();
        worker.run(System.in);
        controlServer.ifPresent(ControlServer::close);
    }

    private static Optional<ControlServer> controlServer(Path place, RelayWorker worker) {
        try {
            return Optional.of(ControlServer.start(
                    place,
                    controlRequest -> new ControlRequest.Response(0, WorkerLines.document(worker.status()), "")));
        } catch (IOException e) {
            // Without it there is no status, and everything else.
            return Optional.empty();
        }
    }

    private static long openFiles() {
        try {
            Matcher line = OPEN_FILES.matcher(Files.readString(LIMITS));
            return line.find() ? Long.parseLong(line.group(1)) : USUAL_FILES;
        } catch (IOException | NumberFormatException e) {
            return USUAL_FILES;
        }
    }
}
