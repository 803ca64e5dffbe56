package dev.ajar.gateway.pxp;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.NEIGHBOUR;
import static dev.ajar.testing.Samples.ROUTE;
import static dev.ajar.testing.Samples.anyPort;
import static dev.ajar.testing.Samples.hex;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static dev.ajar.testing.Samples.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.Grant;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NeighbourTable;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.ScriptedPorts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a MAP request (RFC 6887 section 13), and servers that do not know them. */
class PcpOptionsTest {
    private static final PcpNonce NONCE = new PcpNonce("101112131415161718191a1b");
    private static final int MAP_LENGTH = 60;

    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, HERE);
    private final InetSocketAddress server = new InetSocketAddress(GATEWAY, 5351);
    private final Gateway gateway = new PxpGatewayFactory(ports, 5351, timeline, new Random(1), NeighbourTable.UNKNOWN)
            .create(PxpProtocols.PCP, ROUTE, GATEWAY);

    private static Optional<Subnet> from(String text) {
        return Subnet.parse(text);
    }

    private Result<Grant> map(Mapping mapping) {
        Claim claim = gateway.claim(mapping, Optional.of(NONCE));
        return gateway.map(claim, GatewayHistory.NONE, Deadline.after(timeline, Duration.ofSeconds(10)));
    }

    private byte[] behind(int sent) {
        byte[] packet = ports.sent().get(sent);
        return Arrays.copyOfRange(packet, MAP_LENGTH, packet.length);
    }

    /** An answer for TCP port 25565. */
    private static byte[] answer(int result, int lifetime) {
        return hex("0281%04x%08x00001389000000000000000000000000".formatted(result, lifetime)
                + NONCE.hex()
                + "0600000063dd63dd00000000000000000000ffffcb007107");
    }

    private static Failure failure(Result<Grant> result) {
        return ((Result.Err<Grant>) result).failure();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 030000140080000000000000000000000000ffffcb007107",
        "203.0.113.0/24, 030000140078000000000000000000000000ffffcb007100",
        "2001:db8::/32, 030000140020000020010db8000000000000000000000000"
    })
    void a_filter_carries_ipv4_as_mapped(String from, String option) {
        assertThat(new PcpOptions(Optional.empty(), false, from(from)).bytes()).isEqualTo(hex(option));
    }

    @Test
    void all_three_stand_in_the_order_of_their_codes() {
        PcpOptions all = new PcpOptions(Optional.of(ip("192.168.77.11")), true, from("1.2.3.4"));

        assertThat(HexFormat.of().formatHex(all.bytes()))
                .isEqualTo("0100001000000000000000000000ffffc0a84d0b"
                        + "02000000"
                        + "030000140080000000000000000000000000ffff01020304");
    }

    @Test
    void an_exact_port_is_asked_for_with_prefer_failure() {
        ports.arrives(Duration.ZERO, server, answer(0, 3600));

        assertThat(map(tcp(25565))).isInstanceOf(Result.Ok.class);

        assertThat(behind(0)).isEqualTo(hex("02000000"));
    }

    @Test
    void any_port_is_asked_for_without_options() {
        ports.arrives(Duration.ZERO, server, answer(0, 3600));

        map(anyPort(tcp(25565)));

        assertThat(behind(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 6})
    void a_server_that_refuses_the_preference_is_asked_without(int refusal) {
        ports.arrives(Duration.ZERO, server, answer(refusal, 0)).arrives(Duration.ofMillis(1), server, answer(0, 3600));

        assertThat(map(tcp(25565))).isInstanceOf(Result.Ok.class);

        assertThat(behind(1)).isEmpty();
    }

    /** Some servers ignore requests that are longer than they know. The two requests are never under way at once. */
    @Test
    void a_silent_server_is_asked_without_the_preference_after_a_while() {
        ports.arrives(Duration.ofMillis(1600), server, answer(0, 3600));

        assertThat(map(tcp(25565))).isInstanceOf(Result.Ok.class);

        assertThat(ports.sent()).hasSizeGreaterThan(3);
        for (int i = 0; i < ports.sent().size(); i++) {
            boolean early = ports.sentAt().get(i).compareTo(Duration.ofMillis(1500)) < 0;
            assertThat(behind(i).length > 0).isEqualTo(early);
        }
    }

    /**
     * Four packets with the preference were passed over in silence, perhaps granted: what is refused without it may be
     * open. Where no such request can have been granted, nothing is.
     */
    @ParameterizedTest
    @CsvSource({"8, true", "2, true", "3, false", "12, false"})
    void silence_about_the_preference_leaves_a_refusal_open(int code, boolean mayBeOpen) {
        ports.arrives(Duration.ofMillis(1600), server, answer(code, 0));

        assertThat(failure(map(tcp(25565))).mayHaveHappened()).isEqualTo(mayBeOpen);
    }

    @Test
    void a_mismatch_of_addresses_is_told_at_once_whatever_was_sent_before() {
        ports.arrives(Duration.ofMillis(800), server, answer(12, 0));

        assertThat(failure(map(tcp(25565)))).isInstanceOf(Failure.AddressMismatch.class);
        assertThat(timeline.uptime()).isEqualTo(Duration.ofMillis(800));
    }

    /** What was heard is not lost with the answers that are waited for. */
    @Test
    void an_icmp_error_after_a_refusal_leaves_the_refusal() {
        ports.arrives(Duration.ofMillis(300), server, answer(8, 1800)).unreachable(Duration.ofMillis(310));

        Failure failure = failure(map(anyPort(tcp(25565))));

        assertThat(failure.mayHaveHappened()).isTrue();
        assertThat(failure.router().orElseThrow().code()).isEqualTo(8);
    }

    /** The first did not leave this machine, so the second is the only one that can be answered. */
    @Test
    void what_was_never_sent_needs_no_answer() {
        ports.loses(1).arrives(Duration.ofMillis(300), server, answer(8, 0));

        assertThat(failure(map(anyPort(tcp(25565)))).mayHaveHappened()).isFalse();
        assertThat(timeline.uptime()).isEqualTo(Duration.ofMillis(300));
    }

    /** Without the filter every address would be let in. */
    @Test
    void a_filter_is_never_left_out() {
        for (int millis : List.of(800, 900)) {
            ports.arrives(Duration.ofMillis(millis), server, answer(5, 0));
        }

        Failure failure = failure(map(tcp(25565).from(from("203.0.113.7"))));

        assertThat(failure).isInstanceOf(Failure.Unsupported.class);
        assertThat(failure.detail().toString()).contains("cannot let in some addresses");
        assertThat(ports.sent().size()).isGreaterThan(2);
        for (int i = 0; i < ports.sent().size(); i++) {
            assertThat(HexFormat.of().formatHex(behind(i))).contains("03000014");
        }
    }

    @Test
    void an_accepted_filter_does_not_count_as_verified() {
        ports.arrives(Duration.ZERO, server, answer(0, 3600));

        Result<Grant> result = map(tcp(25565).from(from("203.0.113.7")));

        assertThat(((Grant.Granted) result.toOptional().orElseThrow()).lease().verified())
                .isFalse();
    }

    @Test
    void another_device_is_named_and_a_refusal_says_so() {
        ports.arrives(Duration.ZERO, server, answer(5, 0)).arrives(Duration.ofMillis(1), server, answer(5, 0));

        assertThat(failure(map(to(NEIGHBOUR, tcp(25565))))).isInstanceOf(Failure.ForeignHostRefused.class);

        assertThat(HexFormat.of().formatHex(behind(0))).startsWith("0100001000000000000000000000ffffc0a84d0b");
    }

    /** RFC 6887 section 7.4: for how long the client must not ask again. */
    @Test
    void an_error_says_how_long_it_lasts() {
        ports.arrives(Duration.ZERO, server, answer(8, 1800));

        assertThat(failure(map(tcp(25565))).router().orElseThrow().quiet()).isEqualTo(Duration.ofMinutes(30));
    }

    /** Nothing is translated: the requested external address is the internal one, and the lease has an end. */
    @Test
    void over_ipv6_the_external_side_is_the_internal_one() {
        InetAddress here = Addresses.ipv6("2001:db8::10").orElseThrow();
        InetAddress router = Addresses.ipv6("fe80::1").orElseThrow();
        ScriptedPorts over6 = new ScriptedPorts(timeline, here);
        Gateway firewall = new PxpGatewayFactory(over6, 5351, timeline, new Random(1), NeighbourTable.UNKNOWN)
                .create(PxpProtocols.PCP, new LocalRoute("eth0", here, 64, Optional.of(router)), router);
        over6.arrives(
                Duration.ZERO,
                new InetSocketAddress(router, 5351),
                hex("028100000001518000001389000000000000000000000000"
                        + NONCE.hex()
                        + "0600000001bb01bb20010db8000000000000000000000010"));
        Mapping mapping = new Mapping(
                TransportProtocol.TCP,
                new Port(8443),
                PortPolicy.EXACT,
                new Target.ThisHost(new Port(443)),
                LeaseDuration.PERMANENT,
                "x");

        Result<Grant> result = firewall.map(
                firewall.claim(mapping, Optional.of(NONCE)),
                GatewayHistory.NONE,
                Deadline.after(timeline, Duration.ofSeconds(10)));

        var lease = ((Grant.Granted) result.toOptional().orElseThrow()).lease();
        assertThat(lease.externalPort().number()).isEqualTo(443);
        assertThat(lease.externalAddress()).contains(here);
        assertThat(HexFormat.of().formatHex(over6.sent().getFirst()))
                .isEqualTo("0201000000015180"
                        + "20010db8000000000000000000000010"
                        + NONCE.hex()
                        + "0600000001bb01bb20010db8000000000000000000000010");
    }
}
