package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code socketfilterfw} of macOS prints, written by hand. */
class MacFirewallTest {
    private static final String TOOL = "/usr/libexec/ApplicationFirewall/socketfilterfw";

    private static final String APPS = """
            ALF: total number of apps = 5\s

            1 :  /Applications/Game Server.app\s
            \t ( Allow incoming connections )\s

            2 :  /Library/Java/JavaVirtualMachines/example.jdk/Contents/Home/bin/java\s
            \t ( Block incoming connections )\s

            3 : /Applications/Chat.app
                         (Block incoming connections)

            4 : /Users/example/`touch x`/server
                         (Block incoming connections)

            5 : relative
                         (Block incoming connections)
            """;

    private static FirewallState judged(String state, String... programs) {
        return MacFirewall.judge("Firewall is something. (State = " + state + ")\n", APPS, List.of(programs));
    }

    @ParameterizedTest
    @CsvSource({
        "0, /Applications/Chat.app/Contents/MacOS/Chat, open",
        "1, /Applications/Game Server.app/Contents/MacOS/server, open",
        "1, /Applications/Game Server.app, open",
        "1, /Applications/Game Server.application/server, unknown",
        "1, /Applications/Chat.app/Contents/MacOS/Chat, closed",
        "1, /Library/Java/JavaVirtualMachines/example.jdk/Contents/Home/bin/java, closed",
        // A signed program may be let in without a line of its own.
        "1, /usr/local/bin/server, unknown",
        "1, '', unknown",
        "2, /Applications/Game Server.app/Contents/MacOS/server, closed",
        "9, /Applications/Game Server.app/Contents/MacOS/server, open",
    })
    void the_program_decides(String state, String program, String expected) {
        assertThat(LinuxHostInspectorTest.name(judged(state, program))).isEqualTo(expected);
    }

    @Test
    void one_of_several_that_is_blocked_bars_and_one_unknown_leaves_it_open() {
        String game = "/Applications/Game Server.app/Contents/MacOS/server";
        assertThat(LinuxHostInspectorTest.name(judged("1", game, "/Applications/Chat.app/x")))
                .isEqualTo("closed");
        assertThat(LinuxHostInspectorTest.name(judged("1", game, ""))).isEqualTo("unknown");
        assertThat(LinuxHostInspectorTest.name(judged("1"))).isEqualTo("unknown");
    }

    @Test
    void the_advice_is_a_whole_line_without_anothers_words() {
        assertThat(judged("2", "/x"))
                .isEqualTo(new FirewallState.Closed("macOS Firewall", "sudo " + TOOL + " --setblockall off"));
        assertThat(judged("1", "/Applications/Chat.app/x"))
                .isEqualTo(new FirewallState.Closed(
                        "macOS Firewall", "sudo " + TOOL + " --unblockapp \"/Applications/Chat.app\""));
        assertThat(judged("1", "/Users/example/`touch x`/server"))
                .isEqualTo(new FirewallState.Closed("macOS Firewall", TOOL + " --listapps"));
    }

    @Test
    void the_program_that_listens_is_found_by_its_process() {
        List<String> asked = new ArrayList<>();
        HostInspector host = new MacHostInspector(
                command -> {
                    asked.add(String.join(" ", command));
                    return Optional.of(
                            switch (command.getLast()) {
                                case "--getglobalstate" -> "Firewall is enabled. (State = 1)\n";
                                case "--listapps" -> APPS;
                                default -> "p412\nf12\nn*:" + port(command) + "\nnonsense\n";
                            });
                },
                process ->
                        process == 412 ? Optional.of("/Applications/Chat.app/Contents/MacOS/Chat") : Optional.empty());
        assertThat(LinuxHostInspectorTest.name(host.firewall(TransportProtocol.UDP, new Port(19132), IpVersion.IPV4)))
                .isEqualTo("closed");
        assertThat(LinuxHostInspectorTest.name(host.firewall(TransportProtocol.TCP, new Port(25565), IpVersion.IPV4)))
                .isEqualTo("closed");
        assertThat(asked)
                .contains("/usr/sbin/lsof -nP -iUDP:19132 -F pn", "/usr/sbin/lsof -nP -iTCP:25565 -sTCP:LISTEN -F pn");
    }

    private static String port(List<String> command) {
        return command.get(2).replaceFirst(".*:", "");
    }

    /** As lsof prints it, which matches the port at either end. */
    @Test
    void who_sends_to_the_port_elsewhere_does_not_have_it() {
        String text = """
                p301
                f25
                n192.168.1.20:61234->142.250.74.46:443
                p412
                f9
                n*:443
                f10
                n*:443
                p413
                f7
                n127.0.0.1:443
                f8
                n[::1]:443
                p414
                f5
                n192.168.1.20:443->203.0.113.9:61000
                p415
                f5
                n[2001:db8::20]:443
                p416
                f5
                n*:8443
                p417
                f5
                n192.168.1.20:443
                """;
        assertThat(LsofText.having(new Port(443), text)).containsExactly(412L, 415L, 417L);
    }
}
