package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
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
                case "tasklist /FO CSV /NH" -> Optional.of("\"server.exe\",\"4300\",\"Console\",\"1\",\"81.920 K\"\n");
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

    /** It may have switched that of Windows off, and may stand before it where it is on. */
    @ParameterizedTest
    @CsvSource({
        "0x41010, unknown",
        "0x40010, open",
        "'', unknown",
    })
    void another_makers_firewall_is_told(String state, String expected) {
        String key = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Security Center\\Provider\\Fw\\{1}\n";
        String other = "    DISPLAYNAME    REG_SZ    Example \u001b[31mGuard\n"
                + (state.isEmpty() ? "" : "    STATE    REG_DWORD    " + state + "\n");
        HostInspector host = new WindowsHostInspector(
                command -> String.join(" ", command).endsWith("Provider\\Fw /s")
                        ? Optional.of(key + other)
                        : printed(command),
                WindowsHostInspectorTest::path,
                Map.of());
        FirewallState open = host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4);
        assertThat(LinuxHostInspectorTest.name(open)).isEqualTo(expected);
        if (open instanceof FirewallState.Unknown(var why, var look)) {
            assertThat(why).isEqualTo(Message.of("system.other-firewall", "firewall", "Example [31mGuard"));
            assertThat(look).isEmpty();
        }
    }

    @Test
    void the_names_of_all_processes_are_asked_for_once_and_only_where_one_is_needed() {
        List<String> asked = new CopyOnWriteArrayList<>();
        HostInspector host = new WindowsHostInspector(
                        command -> {
                            asked.add(command.getFirst());
                            return printed(command);
                        },
                        WindowsHostInspectorTest::path,
                        Map.of())
                .readAhead();

        host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4);
        assertThat(asked).doesNotContain("tasklist");
        for (IpVersion version : IpVersion.values()) {
            host.firewall(TransportProtocol.TCP, new Port(7000), version);
            host.firewall(TransportProtocol.TCP, new Port(5985), version);
        }
        assertThat(asked).containsOnlyOnce("tasklist");
    }
}
