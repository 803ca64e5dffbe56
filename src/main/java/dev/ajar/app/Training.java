package dev.ajar.app;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.LoopbackLan;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

/**
 * Runs the everyday commands once, while the build records which classes they use (the AOT cache). The router they talk
 * to is another process, so that the cache holds the client alone.
 */
final class Training {
    private Training() {}

    /** {@code Training FOLDER JAVA CLASSPATH} trains; {@code Training router} is the router. */
    public static void main(String[] args) throws IOException {
        if (args[0].equals("router")) {
            router();
            return;
        }
        SupervisedProcess router = SupervisedProcess.onPipes(
                List.of(args[1], "-cp", args[2], Training.class.getName(), "router"), Map.of());
        try (Scanner told = new Scanner(router.output(), StandardCharsets.US_ASCII);
                OutputStream untilClosed = router.input()) {
            train(Path.of(args[0]), told.nextInt(), told.nextInt(), URI.create(told.next()));
            untilClosed.flush();
        } finally {
            router.kill();
        }
    }

    /** Serves until its input ends. */
    private static void router() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            System.out.println(router.ssdpPort() + " " + router.pxpPort() + " " + router.location());
            System.out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void train(Path folder, int ssdpPort, int pxpPort, URI location) throws IOException {
        Wiring wiring = Wiring.embedded(new LoopbackLan(), ssdpPort, pxpPort, new SystemTimeline());
        // The real network too, as far as it can be read without sending anything.
        Wiring.real().network().routes();
        Map<String, String> environment =
                Map.of("XDG_STATE_HOME", folder.toAbsolutePath().toString());
        OutputStream nowhere = OutputStream.nullOutputStream();
        for (String command : List.of(
                "open 25565",
                "open 25565 --json",
                "open 27015-27016/udp --method nat-pmp",
                "open 8443:443 --method upnp --lease 2h --name training",
                "open 8444 --location " + location,
                "status",
                "status --json",
                "list",
                "list --json",
                "close 25565 8443",
                "close 27015-27016/udp --json",
                "close 8444 -v",
                "renew --cron",
                "run --open 25577 -- true",
                "discover --timeout 1s",
                "discover --timeout 1s --json",
                "open nonsense",
                "open --help",
                "--help")) {
            Main.run(wiring, environment, nowhere, nowhere, command.split(" "));
        }
    }
}
