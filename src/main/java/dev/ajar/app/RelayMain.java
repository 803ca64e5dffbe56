package dev.ajar.app;

import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.TargetPolicy;
import dev.ajar.relay.engine.RelayServer;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.worker.OpenFileLimit;
import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.relay.worker.StatusServer;
import dev.ajar.relay.worker.WorkerLines;
import dev.ajar.system.Signals;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The relay process, which {@code ajar relay} and the daemon start: rules arrive on standard input, their status leaves
 * on standard output.
 */
final class RelayMain {
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private RelayMain() {}

    /** @param args {@link RelayWorker#COMMAND} and, where status is to be asked for, the socket's path */
    static void run(Wiring wiring, String... args) {
        RelayWorker worker = worker(wiring, System.out);
        Signals.hear("TERM", signal -> worker.stop());
        // A terminal sends these to the controller as well, which then asks the relay to end.
        Signals.hear("INT", signal -> {});
        Signals.hear("HUP", signal -> {});
        Optional<StatusServer> status =
                args.length > 1 ? Optional.of(StatusServer.start(Path.of(args[1]), worker)) : Optional.empty();
        worker.run(System.in);
        status.ifPresent(StatusServer::close);
    }

    /** @param told receives lines of JSON */
    static RelayWorker worker(Wiring wiring, OutputStream told) {
        PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
        RelayServer server = new RelayServer(
                EventLoops.best(),
                ConnectionLimit.within(OpenFileLimit.ofThisProcess()),
                () -> wiring.timeline().uptime().toNanos());
        return new RelayWorker(
                server, TargetPolicy.of(wiring.network()), wiring.timeline(), DRAIN, new WorkerLines(out::println));
    }
}
