package dev.ajar.system.route;

import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.process.SystemProgram;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the router behind the router: the system's ping program, which needs no root, sends one packet that may pass
 * two routers and no more. The JDK cannot set that limit on a packet.
 */
public final class SecondHop {
    /** An address of no device (RFC 5737); the packet never gets that far. */
    private static final String TOWARDS = "192.0.2.1";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final String system;
    private final Function<List<String>, String> programs;

    /** @param system the value of {@code os.name} */
    public SecondHop(String system) {
        this(system, SecondHop::run);
    }

    /** @param programs runs a program and returns what it prints, which may be nothing */
    SecondHop(String system, Function<List<String>, String> programs) {
        this.system = system.toLowerCase(Locale.ROOT);
        this.programs = programs;
    }

    private static String run(List<String> command) {
        // In the language PingText reads.
        return new BoundedRun(LIMIT, command)
                .withErrors()
                .with("LC_ALL", "C")
                .run()
                .text();
    }

    public Optional<InetAddress> find() {
        if (system.startsWith("windows")) {
            return PingText.answeredInAnyLanguage(
                    programs.apply(SystemProgram.command(List.of("ping", "-n", "1", "-i", "2", "-w", "1000", TOWARDS))),
                    TOWARDS);
        }
        String hops = system.startsWith("mac") ? "-m" : "-t";
        String patience = system.startsWith("mac") ? "1000" : "1";
        return Stream.of("/usr/bin/ping", "/bin/ping", "/sbin/ping")
                .filter(program -> Files.isExecutable(Path.of(program)))
                .findFirst()
                .map(program -> programs.apply(List.of(program, "-n", "-c", "1", hops, "2", "-W", patience, TOWARDS)))
                .flatMap(PingText::expiredAt);
    }
}
