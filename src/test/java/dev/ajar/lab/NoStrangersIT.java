package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.system.machine.Machine;
import dev.ajar.testing.MeasurementLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the kernel sees of the shipped program: whom it sends to, and what it listens on. */
class NoStrangersIT extends InLab {
    private static final Set<String> MAY_BE_CONTACTED = Set.of(Lab.GATEWAY, "239.255.255.250");
    private static final Pattern DESTINATION = Pattern.compile(
            "sin6?_port=htons\\((\\d+)\\).*?(?:inet_addr\\(\"|inet_pton\\(AF_INET6, \"(?:::ffff:)?)([^\"]+)\"");

    @Test
    void h16_only_the_gateway_and_the_group_are_sent_to() throws IOException {
        Set<String> destinations = new TreeSet<>();
        int calls = 0;
        for (String flavour : List.of("igd2", "none")) {
            Lab.script("up", flavour);
            for (String command : List.of("open 25565 25566/udp", "list", "discover", "close 25565")) {
                for (String line : traced(command)) {
                    Matcher match = DESTINATION.matcher(line);
                    if (match.find() && !isRouteQuestion(line, match.group(1), match.group(2))) {
                        calls++;
                        destinations.add(match.group(2));
                        assertThat(match.group(2)).as(line).isIn(MAY_BE_CONTACTED);
                        assertThat(match.group(1)).as(line).isNotEqualTo("53");
                    }
                }
            }
        }
        assertThat(destinations).isEqualTo(new TreeSet<>(MAY_BE_CONTACTED));
        MeasurementLog.record("H16", calls + " calls of connect and send traced, to " + destinations + " alone");
    }

    /**
     * A socket connected to the port for discarding, which sends nothing: the kernel is asked which way it would take.
     */
    private static boolean isRouteQuestion(String line, String port, String address) {
        return line.contains("connect(")
                && port.equals("9")
                && Machine.PUBLIC.stream()
                        .anyMatch(asked -> Addresses.text(asked).equals(address));
    }

    private List<String> traced(String command) throws IOException {
        Path trace = stateFolder.resolve("trace");
        List<String> words = Shell.join(
                List.of("env", "XDG_STATE_HOME=" + stateFolder, "strace", "-f", "-qq", "-s", "0"),
                "-e",
                "trace=connect,sendto,sendmsg,sendmmsg",
                "-o",
                trace.toString(),
                Lab.program());
        Lab.in("lan1", Shell.join(words, command.split(" ")).toArray(String[]::new));
        List<String> lines = Files.readAllLines(trace);
        assertThat(lines).as("what strace saw of ajar %s", command).isNotEmpty();
        return lines;
    }

    /** Neither an event server nor announcements of NAT-PMP and PCP: a single command does not stay to listen. */
    @Test
    void h15_it_listens_on_nothing_but_its_own_questions() throws Exception {
        Lab.script("up", "none");
        Process search = Lab.start("lan1", stateFolder, "discover", "--method", "upnp", "--timeout", "12s");
        Set<String> listeners = new TreeSet<>();
        try {
            while (search.isAlive()) {
                Lab.in("lan1", "ss", "-Hlntu").out().lines().forEach(listeners::add);
            }
        } finally {
            search.destroyForcibly().waitFor();
        }
        assertThat(listeners).isNotEmpty();
        for (String listener : listeners) {
            String[] columns = listener.trim().split("\\s+");
            String local = columns[4];
            int port = Integer.parseInt(local.substring(local.lastIndexOf(':') + 1));
            assertThat(columns[0]).as(listener).isEqualTo("udp");
            assertThat(local.startsWith("239.255.255.250:1900") || port >= 32_768)
                    .as(listener)
                    .isTrue();
        }
        assertThat(listeners).anyMatch(listener -> listener.contains("239.255.255.250:1900"));
        MeasurementLog.record("H15", "0 TCP listeners; UDP: its own questions, and announcements on 1900");
    }
}
