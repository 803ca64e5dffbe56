package dev.ajar.report;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript.Speaks;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.ScriptedGateway;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts upnpc and natpmpc before the scripted gateways they can be pointed at, and prints how they fared as rows of a
 * table. To be run in a network namespace of its own, by {@code test-fixtures/report/report.sh}.
 */
final class PeersOnScripts {
    private static final int NAT_PMP_PORT = 5351;
    private static final int AT_ONCE = 6;
    private static final int LONGEST_SECONDS = 15;
    private static final String OPENED = "tcp 25565 -> 127.0.0.1:25565";

    private PeersOnScripts() {}

    /**
     * @param possible whether ajar opens the port on this gateway
     * @param opened whether the peer did
     * @param claimed whether the peer said so
     */
    private record Trial(String gateway, boolean possible, boolean opened, boolean claimed) {}

    public static void main(String[] args) throws Exception {
        List<ScriptedGateway> gateways = ScriptedGateway.files().stream()
                .map(file -> ScriptedGateway.read(file, "127.0.0.66:9"))
                .filter(PeersOnScripts::opensOnePort)
                .toList();
        List<ScriptedGateway> upnp = gateways.stream()
                .filter(g -> speaksOnly(g, Speaks.UPNP) && !isAboutSearching(g))
                .toList();
        List<ScriptedGateway> natPmp =
                gateways.stream().filter(g -> speaksOnly(g, Speaks.NAT_PMP)).toList();
        List<Callable<Trial>> trials = new ArrayList<>();
        upnp.forEach(gateway -> trials.add(() -> upnpc(gateway)));
        print("upnpc", run(trials, AT_ONCE));
        List<Callable<Trial>> oneByOne = new ArrayList<>();
        natPmp.forEach(gateway -> oneByOne.add(() -> natpmpc(gateway)));
        print("natpmpc", run(oneByOne, 1));
    }

    private static boolean opensOnePort(ScriptedGateway gateway) {
        List<String> command = gateway.runs().getFirst().command();
        return command.size() >= 2
                && command.get(0).equals("open")
                && command.get(1).equals("25565")
                && !command.contains("--to");
    }

    /** Where ajar has no other way either. */
    private static boolean speaksOnly(ScriptedGateway gateway, Speaks protocol) {
        return gateway.router().speaks().equals(Set.of(protocol));
    }

    private static boolean isAboutSearching(ScriptedGateway gateway) {
        return gateway.shows().stream().allMatch(id -> id.startsWith("S"));
    }

    private static List<Trial> run(List<Callable<Trial>> trials, int atOnce) throws Exception {
        List<Trial> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            for (Future<Trial> trial : threads.invokeAll(trials)) {
                done.add(trial.get());
            }
        }
        return done;
    }

    private static Trial upnpc(ScriptedGateway gateway) throws Exception {
        try (EmbeddedRouter router = EmbeddedRouter.start(gateway.router(), new SystemTimeline())) {
            String said = say(
                    "upnpc", "-u", router.location().toString(), "-a", "127.0.0.1", "25565", "25565", "tcp", "3600");
            return trial(gateway, router, said.contains("is redirected to internal 127.0.0.1:25565"));
        }
    }

    private static Trial natpmpc(ScriptedGateway gateway) throws Exception {
        try (EmbeddedRouter router = onTheUsualPort(gateway)) {
            String said = say("natpmpc", "-g", "127.0.0.1", "-a", "25565", "25565", "tcp", "3600");
            return trial(gateway, router, said.contains("Mapped public port 25565 protocol TCP"));
        }
    }

    /** The port of the router before may take a moment to become free. */
    private static EmbeddedRouter onTheUsualPort(ScriptedGateway gateway) throws IOException {
        for (int tries = 0; tries < 40; tries++) {
            try {
                return EmbeddedRouter.start(gateway.router(), new SystemTimeline(), NAT_PMP_PORT);
            } catch (BindException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
        throw new IOException("port " + NAT_PMP_PORT + " does not become free");
    }

    private static Trial trial(ScriptedGateway gateway, EmbeddedRouter router, boolean claimed) {
        boolean possible = gateway.runs().getFirst().exitCode() == 0;
        boolean opened = router.table().stream().anyMatch(line -> line.startsWith(OPENED));
        return new Trial(gateway.name(), possible, opened, claimed);
    }

    private static String say(String... command) throws IOException, InterruptedException {
        Path out = Path.of("target", "peer-" + Thread.currentThread().threadId() + ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return new String(java.nio.file.Files.readAllBytes(out), StandardCharsets.UTF_8);
    }

    private static void print(String peer, List<Trial> trials) {
        long possible = trials.stream().filter(Trial::possible).count();
        long opened = trials.stream().filter(t -> t.possible() && t.opened()).count();
        long both = trials.stream()
                .filter(t -> t.possible() && t.opened() && t.claimed())
                .count();
        long lies = trials.stream().filter(t -> t.claimed() && !t.opened()).count();
        System.out.printf(
                "| `%s` on %d of the gateways | opened %d of %d that ajar opens, and said so for %d;"
                        + " called %d open that were not |%n",
                peer, trials.size(), opened, possible, both, lies);
        trials.stream()
                .filter(t -> t.possible() && !t.opened())
                .forEach(t -> System.err.println(peer + " fails: " + t.gateway()));
    }
}
