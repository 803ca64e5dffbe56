package dev.ajar.app;

import dev.ajar.doctor.HostProbe;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.LoopbackLan;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.SystemPause;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.capture.LinuxSource;
import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;

/**
 * Runs the everyday commands once, while the build records which classes they use (the AOT cache): alone, and as
 * clients of a daemon. The router and the daemon are another process, so that the cache holds the client alone.
 */
final class Training {
    /** The folder of the daemon's state. */
    private static final String DAEMON = "daemon";

    private static final int MOST_TRIES = 300;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
    private static final OutputStream NOWHERE = OutputStream.nullOutputStream();

    private Training() {}

    /** {@code Training FOLDER JAVA CLASSPATH} trains; {@code Training router FOLDER} is the router, and the daemon. */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("router")) {
            router(environment(Path.of(args[1], DAEMON)));
            return;
        }
        SupervisedProcess router = SupervisedProcess.onPipes(
                List.of(args[1], "-cp", args[2], Training.class.getName(), "router", args[0]), Map.of());
        try (Scanner told = new Scanner(router.output(), StandardCharsets.US_ASCII);
                OutputStream untilClosed = router.input()) {
            train(Path.of(args[0]), told.nextInt(), told.nextInt(), URI.create(told.next()));
            untilClosed.flush();
        } finally {
            router.kill();
        }
    }

    private static Map<String, String> environment(Path folder) {
        return Map.of("XDG_STATE_HOME", folder.toAbsolutePath().toString());
    }

    /** Serves until its input ends. */
    private static void router(Map<String, String> environment) throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            startDaemon(EmbeddedWiring.of(router, new SystemTimeline()), environment);
            System.out.println(router.ssdpPort() + " " + router.pxpPort() + " " + router.location());
            System.out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /** Without a daemon by then, the commands run alone, and the cache lacks what only its clients use. */
    private static void startDaemon(Wiring wiring, Map<String, String> environment) throws IOException {
        Path pointer = Path.of(environment.getOrDefault("XDG_STATE_HOME", ""), "ajar", "daemon");
        Files.createDirectories(pointer.resolveSibling(""));
        Thread.ofPlatform()
                .daemon()
                .name("training-daemon")
                .start(() -> Main.run(wiring, environment, NOWHERE, NOWHERE, "daemon"));
        for (int tries = 0; tries < MOST_TRIES && !Files.exists(pointer); tries++) {
            new SystemPause().pause(BETWEEN_TRIES);
        }
    }

    /**
     * What a machine at home is asked, by a command that sees it once. The real kernel is read too, as far as that
     * sends nothing; what it answers depends on the builder's network, so that the answers of a machine at home follow.
     */
    private static void lookAtMachines() {
        look(Wiring.real());
        look(Wiring.loopback(
                new SystemNetworkView(new LinuxSource(new TrainingKernel(), new SystemTimeline())),
                0,
                0,
                new SystemTimeline()));
    }

    private static void look(Wiring wiring) {
        HostProbe probe = wiring.forOneCommand().hostProbe();
        probe.routes();
        probe.home().ifPresent(home -> probe.detour(home.localAddress(), home.gateway(), Optional.empty()));
        probe.inside();
        probe.missingHome();
        probe.host().listeners();
    }

    private static void train(Path folder, int ssdpPort, int pxpPort, URI location) throws IOException {
        Wiring wiring = Wiring.loopback(new LoopbackLan(), ssdpPort, pxpPort, new SystemTimeline());
        lookAtMachines();
        Map<String, String> alone = environment(folder);
        for (String command : List.of(
                "open 25565",
                "open 25565 --json",
                "open 27015-27016/udp --method nat-pmp",
                "open 8443:443 --method upnp --lease 2h --name training",
                // As a start script does each time.
                "open 8443:443 --method upnp --lease 2h --name training",
                "open 8444 --location " + location,
                "open 25577",
                "status",
                "status --json",
                "list",
                "list --json",
                "close 25565 8443",
                "close 27015-27016/udp --json",
                "close 8444 -v",
                "renew --cron",
                "run --open 25578 -- true",
                "discover --timeout 1s",
                "discover --timeout 1s --json",
                "open nonsense",
                "open --help",
                "--help")) {
            Main.run(wiring, alone, NOWHERE, NOWHERE, command.split(" "));
        }
        // Another ajar, which finds the port open.
        Map<String, String> other = environment(folder.resolve("other"));
        for (String command : List.of("open 25577", "open 25577 --method upnp")) {
            Main.run(wiring, other, NOWHERE, NOWHERE, command.split(" "));
        }
        Map<String, String> client = environment(folder.resolve(DAEMON));
        for (String command : List.of(
                "open 25565",
                "open 27015/udp --json",
                "status",
                "status --json",
                "list",
                "list --json",
                "watch --once",
                "renew",
                "open 1 --gateway 8.8.8.8",
                "close 25565",
                "close 27015/udp --json")) {
            Main.run(wiring, client, NOWHERE, NOWHERE, command.split(" "));
        }
    }
}
