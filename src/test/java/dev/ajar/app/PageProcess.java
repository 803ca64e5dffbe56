package dev.ajar.app;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Scanner;

/**
 * A process of its own with a router and {@code ajar}, whose first argument is the folder of its state and
 * configuration. The line {@code reboot} on its input makes the router forget its mappings; the end of the input ends
 * it.
 */
final class PageProcess {
    private PageProcess() {}

    public static void main(String[] args) throws IOException {
        SystemTimeline timeline = new SystemTimeline();
        EmbeddedRouter router =
                EmbeddedRouter.start(RouterScript.standard().speaking(RouterScript.Speaks.UPNP), timeline);
        Path folder = Path.of(args[0]);
        Map<String, String> environment = Map.of(
                "AJAR_STATE_HOME", folder.resolve("state").toString(),
                "AJAR_CONFIG", folder.resolve("ajar.toml").toString(),
                "HOME", folder.toString());
        Thread.ofPlatform().daemon().name("orders").start(() -> obey(router));
        System.exit(Main.run(
                EmbeddedWiring.of(router, timeline),
                environment,
                System.out,
                System.err,
                Arrays.copyOfRange(args, 1, args.length)));
    }

    private static void obey(EmbeddedRouter router) {
        try (Scanner orders = new Scanner(System.in, StandardCharsets.US_ASCII)) {
            while (orders.hasNextLine()) {
                if (orders.nextLine().equals("reboot")) {
                    router.forgetEverything();
                }
            }
        }
        Runtime.getRuntime().halt(0);
    }
}
