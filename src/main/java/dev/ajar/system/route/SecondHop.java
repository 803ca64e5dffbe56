package dev.ajar.system.route;

import dev.ajar.system.process.BoundedRun;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds the router behind the router: the system's ping program, which needs no root, sends one packet that may pass
 * two routers and no more. The JDK cannot set that limit on a packet.
 */
public final class SecondHop {
    private static final List<Path> PROGRAMS = List.of(Path.of("/usr/bin/ping"), Path.of("/bin/ping"));

    /** An address of no device (RFC 5737); the packet never gets that far. */
    private static final String TOWARDS = "192.0.2.1";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private SecondHop() {}

    public static Optional<InetAddress> find() {
        return PROGRAMS.stream().filter(Files::isExecutable).findFirst().flatMap(SecondHop::ask);
    }

    private static Optional<InetAddress> ask(Path program) {
        // In the language PingText reads.
        return PingText.expiredAt(
                new BoundedRun(LIMIT, program.toString(), "-n", "-c", "1", "-t", "2", "-W", "1", TOWARDS)
                        .withErrors()
                        .with("LC_ALL", "C")
                        .run()
                        .text());
    }
}
