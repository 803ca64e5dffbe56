package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.testing.MeasurementLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A flood of SYNs from 65,536 forged sources, over the wire of the laboratory: the kernel answers it with cookies once
 * a queue of the relay's is full, and newcomers get in beside it. In {@code -Psoak} with all of the flood and a hundred
 * newcomers; in every build with a tenth and twenty.
 */
class SynFloodIT extends RelayLab {
    private static final String SCRIPT = "test-fixtures/lab/synflood.py";
    private static final int SCALE = Integer.getInteger("ajar.load", 1);
    private static final int NEWCOMERS = SCALE == 1 ? 20 : 100;
    private static final int PER_SECOND = 4000 * SCALE;
    private static final Pattern SERVED = Pattern.compile("served (\\d+) of \\d+, the slowest after \\d+ ms");

    private static List<String> python(String host, String... words) {
        return Lab.inside(host, Shell.join(List.of("python3", SCRIPT), words));
    }

    private static Process start(String... words) throws IOException {
        return new ProcessBuilder(python("lan2", words))
                .redirectErrorStream(true)
                .start();
    }

    private static BufferedReader ready(Process process) throws IOException {
        BufferedReader told = process.inputReader(StandardCharsets.UTF_8);
        assertThat(told.readLine()).isEqualTo("ready");
        return told;
    }

    /** A counter of the relay's machine (/proc/net/netstat: a line of names, then one of values). */
    private static long counter(String name) {
        List<String> lines =
                Lab.in("lan1", "cat", "/proc/net/netstat").out().lines().toList();
        List<String> names = List.of(lines.get(0).split(" "));
        return Long.parseLong(lines.get(1).split(" ")[names.indexOf(name)]);
    }

    /** An address for each newcomer: many of one address would be refused by the relay itself. */
    private static List<String> addresses() {
        List<String> all = IntStream.range(0, NEWCOMERS)
                .mapToObj(i -> "192.168.77." + (100 + i))
                .toList();
        all.forEach(address -> Lab.in("lan2", "ip", "addr", "add", address + "/24", "dev", "eth0"));
        return all;
    }

    @Test
    void newcomers_get_in_beside_a_flood_of_forged_syns() throws Exception {
        List<String> sources = addresses();
        Process device = start("device", "7080");
        try (LabProcess relay =
                LabProcess.start("lan1", stateFolder, Map.of(), "relay", "--no-map", "7081:192.168.77.11:7080")) {
            ready(device);
            relay.await("relay  tcp 7081", SOON);
            Process flood = start("flood", Lab.LAN1, "7081", Integer.toString(PER_SECOND));
            BufferedReader flooded = ready(flood);
            LabProcess.until(() -> counter("SyncookiesSent") > 0, SOON, "the flood fills no queue");

            Shell.Outcome asked = Shell.run(
                    Map.of(),
                    Shell.join(
                            python("lan2", "ask", Lab.LAN1, "7081", Integer.toString(NEWCOMERS)),
                            sources.toArray(String[]::new)));
            flood.getOutputStream().close();
            String told = flooded.readLine();

            Matcher served = SERVED.matcher(asked.out().strip());
            assertThat(served.matches()).as(asked.out() + asked.err()).isTrue();
            MeasurementLog.record(
                    "relay-attack-syns",
                    "SYNs from forged sources, %s, %d answered with cookies: %s"
                            .formatted(told, counter("SyncookiesSent"), served.group()));
            assertThat(Integer.parseInt(served.group(1)))
                    .as("beside %s", told)
                    .isGreaterThanOrEqualTo(NEWCOMERS * 95 / 100);
        } finally {
            device.destroy();
        }
    }
}
