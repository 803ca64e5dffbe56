package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which programs of Windows are asked, and what comes of it. */
class WindowsHostInspectorTest {
    private static final String ROUTER = "  192.168.1.1           00-0c-42-11-22-33     dynamisch\n";

    private static Optional<String> printed(List<String> command) {
        try {
            return switch (String.join(" ", command)) {
                case "netstat -ano" -> Optional.of(WindowsFirewallTest.text("netstat-de.txt"));
                case "arp -a" -> Optional.of(ROUTER);
                case "tasklist /FO CSV /NH /FI PID eq 4300" ->
                    Optional.of("\"server.exe\",\"4300\",\"Console\",\"1\",\"81.920 K\"\n");
                case "tasklist /FO CSV /NH /FI PID eq 4" -> Optional.of("INFORMATION: Es werden keine ausgeführt.\n");
                default ->
                    switch (command.get(2).replaceAll(".*\\\\", "")) {
                        case "FirewallPolicy" -> Optional.of(WindowsFirewallTest.text("own.txt"));
                        case "NetworkList" -> Optional.of(WindowsFirewallTest.text("networks.txt"));
                        default -> Optional.empty();
                    };
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> path(long process) {
        return process == 4242 ? Optional.of("C:\\Users\\Example\\runtime\\javaw.exe") : Optional.empty();
    }

    @ParameterizedTest
    @CsvSource({
        // By its path; by its name alone, which another program may have; known to no one; two programs.
        "25565, open",
        "7000, unknown",
        "5985, unknown",
        "7001, unknown",
        // No program at all: Windows asks when it starts.
        "7002, unknown",
    })
    void the_program_that_listens_is_found(int port, String expected) {
        HostInspector host =
                new WindowsHostInspector(WindowsHostInspectorTest::printed, WindowsHostInspectorTest::path, Map.of());
        for (HostInspector one : List.of(host, host.readAhead())) {
            assertThat(LinuxHostInspectorTest.name(one.firewall(TransportProtocol.TCP, new Port(port), IpVersion.IPV4)))
                    .isEqualTo(expected);
        }
        assertThat(host.listeners().orElseThrow()).hasSize(8);
    }
}
