package dev.ajar.relay.engine;

import dev.ajar.json.JsonReader;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleJson;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.relay.worker.WorkerLines;
import dev.ajar.system.SystemTimeline;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The relay process on loopback, without the check of devices, which would refuse this machine. Its last argument is
 * the most connections at once.
 */
final class RelayUnderTest {
    private RelayUnderTest() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        RelayWorker worker = new RelayWorker(
                new RelayServer(EventLoops.best(), new ConnectionLimit(Integer.parseInt(args[0])), System::nanoTime),
                device -> Optional.empty(),
                new SystemTimeline(),
                Duration.ofSeconds(5),
                new WorkerLines(out::println));
        worker.run(System.in);
        System.exit(0);
    }

    /** For {@link RelayJvmRig}: what the relay reads. */
    static String orders(List<RelayRule> rules) {
        return dev.ajar.json.JsonWriter.write(
                java.util.Map.of("rules", rules.stream().map(RuleJson::of).toList()));
    }

    static boolean isRules(String line) {
        return JsonReader.read(line.getBytes(StandardCharsets.UTF_8)).has("rules");
    }

    /** How often a connection to its one rule was refused for that reason. */
    static long refused(String line, Refusal why) {
        return JsonReader.read(line.getBytes(StandardCharsets.UTF_8))
                .objects("rules")
                .getFirst()
                .object("refused")
                .flatMap(counts -> counts.optionalNumber(why.code()))
                .orElse(0L);
    }
}
