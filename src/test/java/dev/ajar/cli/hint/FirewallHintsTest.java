package dev.ajar.cli.hint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.FirewallState;
import dev.ajar.testing.FakeHostProbe;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of this machine's own firewall. */
class FirewallHintsTest {
    private static final FirewallState BLOCKED = new FirewallState.Closed("nftables", "sudo nft insert rule");

    private static List<String> hints(FakeHostProbe machine, Set<IpVersion> ipVersions) {
        return FirewallHints.of(open(ipVersions, 25565), machine).stream()
                .map(Message::toString)
                .toList();
    }

    private static List<ReportedMapping> open(Set<IpVersion> ipVersions, int... ports) {
        return ipVersions.stream()
                .sorted()
                .flatMap(version -> Arrays.stream(ports).mapToObj(port -> open(version, port)))
                .toList();
    }

    private static ReportedMapping open(IpVersion version, int port) {
        return new ReportedMapping(
                TransportProtocol.TCP,
                version,
                new Port(port),
                new Port(port),
                new Endpoint(
                        Addresses.parse(version == IpVersion.IPV4 ? "192.168.1.20" : "2001:db8::20")
                                .orElseThrow(),
                        new Port(port)),
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true,
                "",
                ReportedMapping.Status.OPEN,
                Optional.empty());
    }

    private static FakeHostProbe blocking(IpVersion... ipVersions) {
        FakeHostProbe machine = new FakeHostProbe(List.of());
        for (IpVersion version : ipVersions) {
            machine.firewalls.put(version, BLOCKED);
        }
        return machine;
    }

    @Test
    void a_firewall_that_blocks_one_version_of_ip_is_named_with_it() {
        Set<IpVersion> both = Set.of(IpVersion.IPV4, IpVersion.IPV6);

        assertThat(hints(blocking(IpVersion.IPV6), both))
                .singleElement()
                .asString()
                .contains("(nftables) blocks tcp 25565 from outside over IPv6.");
        assertThat(hints(blocking(IpVersion.IPV4), both))
                .singleElement()
                .asString()
                .contains("over IPv4.");
        assertThat(hints(blocking(IpVersion.IPV6), Set.of(IpVersion.IPV6)))
                .singleElement()
                .asString()
                .contains("over IPv6.");
    }

    @Test
    void a_firewall_that_blocks_all_that_is_open_is_named_once() {
        assertThat(hints(blocking(IpVersion.values()), Set.of(IpVersion.values())))
                .singleElement()
                .asString()
                .contains("blocks tcp 25565 from outside. ");
        assertThat(hints(blocking(IpVersion.IPV4), Set.of(IpVersion.IPV4)))
                .singleElement()
                .asString()
                .contains("blocks tcp 25565 from outside. ");
        assertThat(hints(blocking(IpVersion.IPV4), Set.of(IpVersion.IPV6))).isEmpty();
    }

    @Test
    void ports_in_a_row_are_judged_one_by_one() {
        FakeHostProbe machine = blocking(IpVersion.IPV4);
        machine.letIn.add("tcp 25566");

        assertThat(FirewallHints.of(open(Set.of(IpVersion.IPV4), 25566, 25567, 25568), machine))
                .singleElement()
                .asString()
                .contains("blocks tcp 25567-25568 from outside");
    }

    @ParameterizedTest
    @CsvSource({
        "sudo nft insert rule inet f i tcp dport PORT accept, tcp dport 25567-25569 accept",
        "sudo ufw allow PORT/tcp, allow 25567:25569/tcp",
        "sudo firewall-cmd --permanent --add-port=PORT/tcp && sudo firewall-cmd --reload, --add-port=25567-25569/tcp &&"
    })
    void one_command_lets_a_row_of_ports_in(String command, String told) {
        FakeHostProbe machine = new FakeHostProbe(List.of());
        machine.remedies = Optional.of(command);

        assertThat(FirewallHints.of(open(Set.of(IpVersion.IPV4), 25567, 25568, 25569), machine))
                .singleElement()
                .asString()
                .contains(told);
        assertThat(FirewallHints.of(open(Set.of(IpVersion.IPV4), 25567), machine))
                .singleElement()
                .asString()
                .contains(command.replace("PORT", "25567"));
    }

    @Test
    void friends_are_not_told_an_address_where_the_firewall_keeps_them_out() {
        Set<IpVersion> both = Set.of(IpVersion.IPV4, IpVersion.IPV6);
        FakeHostProbe silent = new FakeHostProbe(List.of());
        silent.firewall = new FirewallState.KeepsAnswers("nftables", "sudo nft insert rule");
        FakeHostProbe unread = new FakeHostProbe(List.of());
        unread.firewall = new FirewallState.Unknown(Message.of("system.nft-unclear"), "");

        assertThat(AnswerHints.unanswered(open(both, 25565), blocking(IpVersion.IPV4)))
                .containsExactly(IpVersion.IPV4);
        assertThat(AnswerHints.unanswered(open(both, 25565), silent)).containsExactlyInAnyOrder(IpVersion.values());
        assertThat(AnswerHints.unanswered(open(both, 25565), unread)).isEmpty();
        assertThat(AnswerHints.all(open(both, 25565), blocking(IpVersion.values())))
                .singleElement()
                .asString()
                .contains("blocks tcp 25565");
    }
}
