package dev.ajar.system.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The registry of Windows as {@code reg} prints it ({@code test-fixtures/windows/firewall}). */
class WindowsFirewallTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("UserProfile", "C:\\Users\\Example", "ProgramFiles", "C:\\Program Files");

    private static final String SERVER = "C:\\Games\\Server\\server.exe";

    static String text(String name) throws IOException {
        return Files.readString(Path.of("test-fixtures/windows/firewall", name));
    }

    private static FirewallState judged(
            String own, String policy, TransportProtocol protocol, int port, String program, Set<WindowsNetwork> on) {
        return WindowsFirewall.parse(own, policy)
                .orElseThrow()
                .judge(
                        new WindowsRule.Incoming(
                                protocol, new Port(port), IpVersion.IPV4, new WindowsProgram(program), ENVIRONMENT),
                        on);
    }

    /** A machine with one rule beside the usual profiles. */
    private static FirewallState byRule(String rule, String program, IpVersion version) {
        String own = """
                HKEY_LOCAL_MACHINE\\FirewallPolicy\\FirewallRules
                    {1}    REG_SZ    %s
                """.formatted(rule);
        return WindowsFirewall.parse(own, "")
                .orElseThrow()
                .judge(
                        new WindowsRule.Incoming(
                                TransportProtocol.TCP, new Port(80), version, new WindowsProgram(program), ENVIRONMENT),
                        Set.of(WindowsNetwork.PRIVATE));
    }

    @ParameterizedTest
    @CsvSource({
        "TCP, 25565, PRIVATE, C:\\Java\\java.exe, open",
        "UDP, 25565, PRIVATE, C:\\Java\\java.exe, closed",
        "UDP, 19133, PUBLIC, C:\\Java\\java.exe, open",
        "UDP, 27020, PUBLIC, C:\\Java\\java.exe, open",
        "UDP, 27031, PUBLIC, C:\\Java\\java.exe, closed",
        // By the program, and on private networks alone.
        "TCP, 4000, PRIVATE, C:\\Games\\Server\\server.exe, open",
        "TCP, 4000, PUBLIC, C:\\Games\\Server\\server.exe, closed",
        "TCP, 4000, PRIVATE, D:\\Other\\server.exe, closed",
        "TCP, 4000, PRIVATE, server.exe, unknown",
        "TCP, 4000, PRIVATE, c:/games//Server/SERVER.EXE, open",
        "TCP, 4000, PRIVATE, '', unknown",
        // The question at the program's start was answered with No, and a rule for the port does not help.
        "TCP, 25565, PUBLIC, C:\\Users\\Example\\runtime\\javaw.exe, closed",
        "TCP, 25565, PRIVATE, C:\\Users\\Example\\runtime\\javaw.exe, open",
        "TCP, 4000, PRIVATE, C:\\Users\\Example\\runtime\\javaw.exe, open",
        // Off, the other way, some clients, those at home, one kind of network card, with a key.
        "TCP, 7777, PRIVATE, C:\\Java\\java.exe, closed",
        "TCP, 8443, PRIVATE, C:\\Java\\java.exe, unknown",
        "TCP, 2869, PRIVATE, System, closed",
        "TCP, 9000, PRIVATE, C:\\Java\\java.exe, unknown",
        "TCP, 9100, PRIVATE, C:\\Java\\java.exe, unknown",
        "TCP, 9200, PRIVATE, C:\\Java\\java.exe, open",
        "TCP, 6000, PRIVATE, C:\\Java\\java.exe, closed",
        "TCP, 9, PRIVATE, C:\\Java\\java.exe, closed",
        // Any protocol; a variable that is not set; a package of the store.
        "UDP, 9987, PRIVATE, C:\\Program Files\\Voice\\voice.exe, open",
        "UDP, 9987, PRIVATE, C:\\Program Files\\WindowsApps\\Example.Store_1.0\\store.exe, unknown",
        "UDP, 3544, PRIVATE, C:\\Windows\\system32\\svchost.exe, unknown",
        // Of a domain, nothing comes in at all; but where no program listens, only a yes is certain.
        "TCP, 4000, DOMAIN, '', unknown",
        "TCP, 25565, PUBLIC, '', unknown",
        "TCP, 25565, DOMAIN, C:\\Java\\java.exe, closed",
    })
    void rules_decide(TransportProtocol protocol, int port, WindowsNetwork on, String program, String expected)
            throws IOException {
        assertThat(LinuxHostInspectorTest.name(judged(text("own.txt"), "", protocol, port, program, Set.of(on))))
                .isEqualTo(expected);
    }

    @Test
    void the_advice_is_a_whole_line() throws IOException {
        Set<WindowsNetwork> home = Set.of(WindowsNetwork.PRIVATE);
        String own = text("own.txt");

        FirewallState closed = judged(own, "", TransportProtocol.TCP, 25575, SERVER.replace("C:", "D:"), home);
        assertThat(closed)
                .isEqualTo(new FirewallState.Closed(
                        "Windows Firewall",
                        "netsh advfirewall firewall add rule name=\"ajar 25575\" dir=in action=allow"
                                + " protocol=TCP localport=25575"));
        assertThat(((FirewallState.Closed) closed).remedy(new Port(25575), new Port(25577)))
                .isEqualTo("netsh advfirewall firewall add rule name=\"ajar 25575-25577\" dir=in action=allow"
                        + " protocol=TCP localport=25575-25577");

        assertThat(judged(
                        own,
                        "",
                        TransportProtocol.TCP,
                        25565,
                        "C:\\Users\\example\\runtime\\javaw.exe",
                        Set.of(WindowsNetwork.PUBLIC)))
                .isEqualTo(new FirewallState.Closed(
                        "Windows Firewall",
                        "netsh advfirewall firewall set rule name=\"OpenJDK Platform binary\" dir=in"
                                + " program=\"C:\\users\\example\\runtime\\javaw.exe\" new action=allow"));
        assertThat(judged(own, "", TransportProtocol.TCP, 25565, SERVER, Set.of(WindowsNetwork.DOMAIN)))
                .isEqualTo(new FirewallState.Closed(
                        "Windows Firewall",
                        "netsh advfirewall set domainprofile firewallpolicy blockinbound,blockoutbound"));
    }

    /** What stands in the registry may come from any program, and a user pastes the command. */
    @Test
    void a_hostile_name_gets_into_no_command() throws IOException {
        assertThat(judged(text("own.txt"), "", TransportProtocol.TCP, 6000, SERVER, Set.of(WindowsNetwork.PRIVATE)))
                .isEqualTo(new FirewallState.Closed("Windows Firewall", "wf.msc"));
    }

    @Test
    void an_unclear_rule_is_named_to_be_looked_at() throws IOException {
        assertThat(judged(text("own.txt"), "", TransportProtocol.TCP, 8443, SERVER, Set.of(WindowsNetwork.PUBLIC)))
                .isEqualTo(new FirewallState.Unknown(
                        Message.of("system.windows-rule-unclear"),
                        "netsh advfirewall firewall show rule name=\"Some clients\" dir=in verbose"));
    }

    @Test
    void where_the_kind_of_network_decides_that_is_said() throws IOException {
        Set<WindowsNetwork> either = Set.of(WindowsNetwork.PRIVATE, WindowsNetwork.PUBLIC);
        assertThat(judged(text("own.txt"), "", TransportProtocol.TCP, 4000, SERVER, either))
                .isEqualTo(new FirewallState.Unknown(
                        Message.of("system.firewall-by-network"), "netsh advfirewall show currentprofile"));
        assertThat(judged(text("own.txt"), "", TransportProtocol.TCP, 25565, SERVER, either))
                .isEqualTo(new FirewallState.Open());
    }

    @ParameterizedTest
    @CsvSource({
        "25565, DOMAIN, open",
        "25565, PUBLIC, closed",
        "8080, PUBLIC, open",
        "8080, PRIVATE, closed",
        "25565, PRIVATE, open",
    })
    void an_organisation_comes_first(int port, WindowsNetwork on, String expected) throws IOException {
        assertThat(LinuxHostInspectorTest.name(judged(
                        text("own.txt"),
                        text("policy.txt"),
                        TransportProtocol.TCP,
                        port,
                        "C:\\Java\\java.exe",
                        Set.of(on))))
                .isEqualTo(expected);
    }

    /** netsh changes this machine's own rules alone, and adds to them. */
    @ParameterizedTest
    @CsvSource({
        "FirewallRules, {1}    REG_SZ    v2.31|Action=Block|Active=TRUE|Dir=In|Name=Blocked for all|",
        "PrivateProfile, DoNotAllowExceptions    REG_DWORD    0x1",
        "PrivateProfile, AllowLocalPolicyMerge    REG_DWORD    0x0",
    })
    void no_command_undoes_what_an_organisation_has_set(String folder, String value) throws IOException {
        String policy = "HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\" + folder + "\n    "
                + value + "\n";
        assertThat(judged(
                        text("own.txt"),
                        policy,
                        TransportProtocol.TCP,
                        6001,
                        SERVER.replace("C:", "D:"),
                        Set.of(WindowsNetwork.PRIVATE)))
                .isEqualTo(new FirewallState.Closed("Windows Firewall", "wf.msc"));
    }

    @ParameterizedTest
    @CsvSource({
        "v2.31|Action=Allow|Active=TRUE|Dir=In|, IPV4, open",
        "V2.0|ACTION=allow|active=true|DIR=in|lport=80|, IPV6, open",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|LPort=RPC|, IPV4, unknown",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|LPort=*|, IPV4, open",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=203.0.113.0/24|, IPV6, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA6=LocalSubnet|, IPV4, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA42=Internet|, IPV4, unknown",
        // From the home alone, however that is written.
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=192.168.0.0/255.255.0.0|RA6=fe80::/64|, IPV4, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=192.168.0.0/255.255.0.0|RA6=fe80::/64|, IPV6, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=192.168.1.2-192.168.1.9|RA4=DefaultGateway|, IPV4, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=10.0.0.7|RA42=IntrAnet|, IPV4, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=192.168.1.2-203.0.113.9|, IPV4, unknown",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=192.168.0.0/15|, IPV4, unknown",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=LocalSubnet|RA4=203.0.113.9|, IPV4, unknown",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=10.0.0.1-|, IPV4, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=-|, IPV4, unknown",
        // From everywhere.
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=0.0.0.0-255.255.255.255|, IPV4, open",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|RA4=0.0.0.0/0.0.0.0|, IPV4, open",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|LA4=192.168.1.20|, IPV4, unknown",
        "v2.99|Action=Allow|Active=TRUE|Dir=In|Moon=Full|, IPV4, unknown",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|App=%Unset%\\java.exe|, IPV4, unknown",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=|App=|, IPV4, closed",
        "v2.31|Active=TRUE|Dir=In|, IPV4, closed",
        "|||||, IPV4, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|Profile=Public|, IPV4, closed",
        "v2.31|Action=Allow|Active=TRUE|Dir=In|Profile=Public|Profile=Private|, IPV4, open",
    })
    void fields_are_read(String rule, IpVersion version, String expected) {
        assertThat(LinuxHostInspectorTest.name(byRule(rule, "C:\\Java\\java.exe", version)))
                .isEqualTo(expected);
    }

    /** reg prints in the code page of a console, which may lack the letters of a user's name. */
    @ParameterizedTest
    @CsvSource({
        "C:\\Users\\J\u201drg\\java.exe, unknown",
        "C:\\Users\\J?rg\\java.exe, unknown",
        "C:\\Users\\J\u00f6rg\\java.exe, open",
        "C:\\Users\\Jorg\\java.exe, closed",
        "C:\\Users\\J\u201drg\\javaw.exe, closed",
    })
    void letters_that_a_code_page_lacks_make_it_uncertain(String app, String expected) {
        String rule = "v2.31|Action=Allow|Active=TRUE|Dir=In|App=" + app + "|";
        assertThat(LinuxHostInspectorTest.name(byRule(rule, "C:\\Users\\J\u00f6rg\\java.exe", IpVersion.IPV4)))
                .isEqualTo(expected);
    }

    @Test
    void what_is_no_registry_is_no_firewall() {
        String endless = "HKEY_X\\FirewallRules\n    a    REG_SZ    v2.31|" + "Action=Allow|".repeat(100_000);
        for (String text : List.of("", "ERROR: denied", "    EnableFirewall    REG_SZ", endless)) {
            assertThat(WindowsFirewall.parse(text, "")
                            .map(found -> LinuxHostInspectorTest.name(found.judge(
                                    new WindowsRule.Incoming(
                                            TransportProtocol.TCP,
                                            new Port(80),
                                            IpVersion.IPV4,
                                            WindowsProgram.UNKNOWN,
                                            ENVIRONMENT),
                                    Set.of(WindowsNetwork.PUBLIC)))))
                    .as(text.substring(0, Math.min(text.length(), 20)))
                    .isIn(Optional.empty(), Optional.of("unknown"));
        }
    }

    /** Beside the firewall's own rules are those of containers, and what a management service has set. */
    @ParameterizedTest
    @CsvSource({
        "FirewallPolicy\\RestrictedServices\\AppIso\\FirewallRules,"
                + " {1}    REG_SZ    v2.31|Action=Block|Active=TRUE|Dir=In|LUAuth=O:LSD:(A;;CC;;;AC)|, open",
        "FirewallPolicy\\Mdm\\FirewallRules, {1}    REG_SZ    v2.31|Action=Block|Active=TRUE|Dir=In|Name=Blocked|, wf.msc",
        "FirewallPolicy\\Mdm\\PublicProfile, EnableFirewall    REG_DWORD    0x0, open",
        "FirewallPolicy\\Mdm\\PublicProfile, DoNotAllowExceptions    REG_DWORD    0x1, wf.msc",
        "FirewallPolicy\\Mdm\\PrivateProfile, DoNotAllowExceptions    REG_DWORD    0x1, open",
        "FirewallPolicy\\PublicProfile\\Logging, EnableFirewall    REG_DWORD    0x0, open",
    })
    void whose_rule_it_is_stands_in_its_key(String key, String value, String expected) throws IOException {
        String own = "HKEY_LOCAL_MACHINE\\SYSTEM\\" + key + "\n    " + value + "\n" + text("own.txt");
        FirewallState state =
                judged(own, "", TransportProtocol.TCP, 25565, "C:\\Java\\java.exe", Set.of(WindowsNetwork.PUBLIC));
        assertThat(state instanceof FirewallState.Closed closed ? closed.remedy() : LinuxHostInspectorTest.name(state))
                .isEqualTo(expected);
    }

    @Test
    void the_kind_of_network_is_known_by_its_router() throws IOException {
        List<RegistryValue> networks = RegistryValue.parse(text("networks.txt"));
        assertThat(WindowsNetwork.possible(networks, Set.of("b8:27:eb:01:02:03", "00:0c:42:11:22:33")))
                .containsExactly(WindowsNetwork.PRIVATE);
        assertThat(WindowsNetwork.possible(networks, Set.of("02:aa:bb:cc:dd:ee")))
                .containsExactly(WindowsNetwork.PUBLIC);
        assertThat(WindowsNetwork.possible(networks, Set.of()))
                .containsExactlyInAnyOrder(WindowsNetwork.PUBLIC, WindowsNetwork.PRIVATE);
        assertThat(WindowsNetwork.possible(
                        RegistryValue.parse(text("networks.txt").replace("0x0", "0x2")), Set.of()))
                .contains(WindowsNetwork.DOMAIN);
    }
}
