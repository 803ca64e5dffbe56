package dev.ajar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.ListeningSocket;
import dev.ajar.system.host.Redirection;
import dev.ajar.testing.FakeHostProbe;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which program gets what the router sends, over each version of IP. */
class ListenerStateTest {
    private static final Port PORT = new Port(25_570);

    private final FakeHostProbe machine = new FakeHostProbe(List.of());

    private static InetAddress ip(String text) {
        return Addresses.parse(text).orElseThrow();
    }

    private void listening(int port, String... addresses) {
        machine.listeners = Optional.of(Arrays.stream(addresses)
                .map(address -> new ListeningSocket(TransportProtocol.TCP, ip(address), new Port(port)))
                .toList());
    }

    private String at(String here) {
        return ListenerState.at(machine, new ServiceCatalog(), TransportProtocol.TCP, PORT, ip(here))
                .getClass()
                .getSimpleName();
    }

    @ParameterizedTest
    @CsvSource({
        "::, Present, Present",
        "0.0.0.0, Present, OfOtherVersion",
        "::1, LoopbackOnly, LoopbackOnly",
        "127.0.0.1, LoopbackOnly, LoopbackOnly",
        "2001:db8::10, OnOtherAddress, Present",
        "192.168.1.20, Present, OnOtherAddress",
        "192.168.1.21, OnOtherAddress, OnOtherAddress"
    })
    void a_program_listens_over_each_version_by_itself(String address, String overIpv4, String overIpv6) {
        listening(PORT.number(), address);

        assertThat(at("192.168.1.20")).isEqualTo(overIpv4);
        assertThat(at("2001:db8::10")).isEqualTo(overIpv6);
    }

    /** Web servers ask for the wildcard of IPv6 without IPv4, which the kernel's table of sockets does not show. */
    @Test
    void at_the_wildcard_of_ipv6_a_program_has_ipv4_unless_another_could_take_it() {
        listening(PORT.number(), "::");
        machine.freeOverIpv4.add(PORT);

        assertThat(at("192.168.1.20")).isEqualTo("OfOtherVersion");
        assertThat(at("2001:db8::10")).isEqualTo("Present");

        listening(PORT.number(), "::", "0.0.0.0");
        assertThat(at("192.168.1.20")).isEqualTo("Present");
    }

    @Test
    void a_port_that_is_sent_on_is_read_where_it_is_sent_and_over_that_version_alone() {
        machine.redirections.put("tcp 25570 " + IpVersion.IPV4.label(), new Redirection(Optional.of(new Port(8080))));
        listening(8080, "0.0.0.0");

        assertThat(at("192.168.1.20")).isEqualTo("SentOn");
        assertThat(at("2001:db8::10")).isEqualTo("Absent");

        // Whatever listens at the port itself gets nothing.
        listening(PORT.number(), "0.0.0.0");
        assertThat(at("192.168.1.20")).isEqualTo("SentToNone");

        listening(8080, "127.0.0.1");
        assertThat(at("192.168.1.20")).isEqualTo("SentToNone");
    }

    @Test
    void what_is_sent_to_another_address_is_not_looked_for_here() {
        machine.redirections.put("tcp 25570 " + IpVersion.IPV4.label(), new Redirection(Optional.empty()));

        assertThat(at("192.168.1.20")).isEqualTo("SentOn");
    }
}
