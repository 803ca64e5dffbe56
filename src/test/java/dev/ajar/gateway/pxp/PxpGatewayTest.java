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
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NeighbourTable;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.ScriptedPorts;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PxpGatewayTest {
    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, HERE);
    private final InetSocketAddress server = new InetSocketAddress(GATEWAY, 5351);
    private final PxpGatewayFactory gateways =
            new PxpGatewayFactory(ports, 5351, timeline, new Random(1), NeighbourTable.UNKNOWN);

    private Gateway gateway(MappingProtocol method) {
        return gateways.create(method, ROUTE, GATEWAY);
    }

    private Deadline soon() {
        return Deadline.after(timeline, Duration.ofSeconds(10));
    }

    private Result<Grant> map(Gateway gateway, Mapping mapping) {
        return gateway.map(gateway.claim(mapping, Optional.empty()), GatewayHistory.NONE, soon());
    }

    private static Lease lease(Result<Grant> result) {
        return ((Grant.Granted) result.toOptional().orElseThrow()).lease();
    }

    private static Failure failure(Result<Grant> result) {
        return ((Result.Err<Grant>) result).failure();
    }

    @Test
    void the_granted_lease_counts_and_not_the_requested_one() {
        ports.arrives(Duration.ZERO, server, hex("0082000000000e1163dd63dd00000078"));

        Lease lease = lease(map(gateway(PxpProtocols.NAT_PMP), tcp(25565)));

        assertThat(lease.granted().seconds()).isEqualTo(120);
        assertThat(lease.verified()).isTrue();
        assertThat(lease.expiresAt()).contains(timeline.instant().plusSeconds(120));
    }

    @Test
    void another_port_than_requested_is_released_and_suggested() {
        ports.arrives(Duration.ZERO, server, hex("0082000000000e1163dd63de00000e10"))
                .arrives(Duration.ofMillis(1), server, hex("0082000000000e11000063df0000001e"))
                .arrives(Duration.ofMillis(2), server, hex("0082000000000e110000000000000000"))
                .arrives(Duration.ofMillis(3), server, hex("0082000000000e1163dd000000000000"));

        Failure failure = failure(map(gateway(PxpProtocols.NAT_PMP), tcp(25565)));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Conflict.class,
                        conflict -> assertThat(conflict.offered()).contains(new Port(25566)));
        assertThat(ports.sent().getLast()).isEqualTo(hex("0002000063dd000000000000"));
    }

    /** The requested port is free after all, so the granted mapping must have existed before. */
    @Test
    void another_programs_mapping_of_the_same_internal_port_is_not_removed() {
        ports.arrives(Duration.ZERO, server, hex("0082000000000e1163dd753000000e10"))
                .arrives(Duration.ofMillis(1), server, hex("0082000000000e11000063dd0000001e"))
                .arrives(Duration.ofMillis(2), server, hex("0082000000000e110000000000000000"));

        assertThat(failure(map(gateway(PxpProtocols.NAT_PMP), tcp(25565))))
                .isInstanceOfSatisfying(
                        Failure.Conflict.class,
                        conflict -> assertThat(conflict.offered()).contains(new Port(30000)));
        assertThat(ports.sent()).hasSize(3).noneMatch(NatPmpClose::isOf25565);
    }

    /** The packet that would close TCP port 25565 of this machine. */
    private static final class NatPmpClose {
        static boolean isOf25565(byte[] packet) {
            return Arrays.equals(packet, hex("0002000063dd000000000000"));
        }
    }

    @Test
    void a_mapping_of_another_address_is_not_called_closed() {
        for (MappingProtocol method : new MappingProtocol[] {PxpProtocols.PCP, PxpProtocols.NAT_PMP}) {
            Gateway now = gateway(method);
            Claim here = now.claim(tcp(25565), Optional.empty());
            Claim before = new Claim(
                    here.mapping(),
                    here.gateway(),
                    new Endpoint(NEIGHBOUR, new Port(25565)),
                    here.handle(),
                    here.writtenAt());

            assertThat(now.unmap(before, new Port(25565), Deadline.after(timeline, Duration.ofMillis(100))))
                    .isInstanceOfSatisfying(
                            Result.Err.class,
                            no -> assertThat(no.failure().detail().toString())
                                    .contains("while this machine was 192.168.77.11"));
        }
        assertThat(ports.sent()).isEmpty();
    }

    @Test
    void a_port_that_could_not_be_released_is_recorded_as_possibly_open() {
        ports.arrives(Duration.ZERO, server, hex("0082000000000e1163dd63de00000e10"));

        assertThat(failure(map(gateway(PxpProtocols.NAT_PMP), tcp(25565))))
                .isInstanceOfSatisfying(
                        Failure.LeftOpen.class, left -> assertThat(left.ports()).containsExactly(new Port(25566)));
    }

    @Test
    void another_port_is_accepted_if_any_is_allowed() {
        ports.arrives(Duration.ZERO, server, hex("0082000000000e1163dd63de00000e10"));

        assertThat(lease(map(gateway(PxpProtocols.NAT_PMP), anyPort(tcp(25565))))
                        .externalPort())
                .isEqualTo(new Port(25566));
        assertThat(ports.sent()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"0082000000000e1163dd000000000e10", "0082000000000e1163dd63dd00000000"})
    void a_grant_without_a_port_or_lifetime_is_malformed(String reply) {
        ports.arrives(Duration.ZERO, server, hex(reply));

        assertThat(failure(map(gateway(PxpProtocols.NAT_PMP), tcp(25565)))).isInstanceOf(Failure.Malformed.class);
    }

    @Test
    void nat_pmp_sends_nothing_for_other_hosts() {
        assertThat(failure(map(gateway(PxpProtocols.NAT_PMP), to(NEIGHBOUR, tcp(25565)))))
                .isInstanceOf(Failure.Unsupported.class);
        assertThat(ports.sent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, Unsupported",
        "2, Refused",
        "3, SecondNat",
        "4, NoResources",
        "5, Unsupported",
        "77, Malformed",
    })
    void nat_pmp_results(int code, String kind) {
        assertThat(PxpResults.natPmp(code).getClass().getSimpleName()).isEqualTo(kind);
        assertThat(PxpResults.natPmp(code).router().orElseThrow().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "1, Unsupported",
        "2, Refused",
        "3, Unsupported",
        "7, SecondNat",
        "8, NoResources",
        "10, NoResources",
        "11, Conflict",
        "12, AddressMismatch",
        "200, Malformed",
    })
    void pcp_results(int code, String kind) {
        assertThat(PxpResults.pcp(new PcpReply(code, 0, 0, 0, Optional.empty()))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(kind);
    }

    private Failure closing(MappingProtocol method, String reply) {
        ports.arrives(Duration.ZERO, server, hex(reply));
        Gateway gateway = gateway(method);
        Claim claim = gateway.claim(tcp(25565), Optional.empty());
        return ((Result.Err<Gateway.Removed>) gateway.unmap(claim, new Port(25565), soon())).failure();
    }

    /**
     * The codes of openings tell of the internet address, of room and of switches; a closing has nothing to do with
     * these.
     */
    @ParameterizedTest
    @CsvSource({"2, Refused, does not let", "3, Unsupported, did not carry out", "4, NoResources, did not carry out"})
    void nat_pmp_results_of_a_closing(int code, String kind, String words) {
        Failure failure = closing(PxpProtocols.NAT_PMP, "0082%04x00000e1163dd000000000000".formatted(code));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.detail().toString()).contains(words);
        assertThat(failure.router().orElseThrow().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "2, Refused, does not let",
        "3, Unsupported, does not understand",
        "7, Unsupported, did not carry out",
        "8, NoResources, did not carry out",
        "12, Unsupported, another device",
        "200, Malformed, unknown",
    })
    void pcp_results_of_a_closing(int code, String kind, String words) {
        Failure failure = PxpResults.pcpDeletion(new PcpReply(code, 0, 0, 0, Optional.empty()));

        assertThat(failure.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(failure.detail().toString()).contains(words);
    }

    /** miniupnpd behind another router: NO_RESOURCES, with its own private address in the answer. */
    @Test
    void no_resources_with_a_private_address_is_a_second_nat() {
        assertThat(PxpResults.pcp(new PcpReply(8, 0, 0, 0, Optional.of(ip("10.99.99.1")))))
                .isInstanceOf(Failure.SecondNat.class);
    }

    @Test
    void the_nonce_of_an_earlier_lease_is_repeated() {
        Gateway pcp = gateway(PxpProtocols.PCP);
        Claim first = pcp.claim(tcp(25565), Optional.empty());
        Claim again = pcp.claim(tcp(25565), Optional.of(first.handle()));
        Claim other = pcp.claim(tcp(25566), Optional.empty());

        assertThat(again.handle()).isEqualTo(first.handle());
        assertThat(other.handle()).isNotEqualTo(first.handle());
        assertThat(first.handle().toString()).doesNotContain(((PcpNonce) first.handle()).hex());
    }

    @Test
    void a_pcp_mapping_is_removed_with_the_nonce_it_was_made_with() {
        Gateway pcp = gateway(PxpProtocols.PCP);
        Claim claim = pcp.claim(tcp(25565), Optional.empty());

        pcp.unmap(claim, new Port(25565), Deadline.after(timeline, Duration.ofMillis(100)));

        byte[] sent = ports.sent().getFirst();
        byte[] nonce = Arrays.copyOfRange(sent, 24, 36);
        assertThat(PcpNonce.of(nonce)).isEqualTo(claim.handle());
        assertThat(Arrays.copyOfRange(sent, 4, 8)).containsOnly(0);
        assertThat(Arrays.copyOfRange(sent, 42, 44)).containsOnly(0);
    }

    /** What the gateway sees is the NAT in between, so NAT-PMP would open the port of that machine. */
    @Test
    void a_nat_in_between_is_no_reason_to_ask_by_another_protocol() {
        Gateway gateway = gateway(PxpProtocols.PCP);
        Claim claim = gateway.claim(tcp(25565), Optional.empty());
        byte[] nonce = ((PcpNonce) claim.handle()).bytes();
        byte[] reply = Arrays.copyOf(hex("0281000c00000e1000000001000000000000000000000000"), 60);
        System.arraycopy(nonce, 0, reply, 24, nonce.length);
        System.arraycopy(hex("0600000063dd63dd"), 0, reply, 36, 8);
        ports.arrives(Duration.ZERO, server, reply);

        Failure failure = failure(gateway.map(claim, GatewayHistory.NONE, soon()));

        assertThat(failure).isInstanceOf(Failure.AddressMismatch.class);
        assertThat(failure.otherProtocolMayHelp()).isFalse();
        assertThat(failure.mayHaveHappened()).isFalse();
    }

    @Test
    void nat_pmp_asks_no_router_beyond_its_network_for_this_machine() {
        Gateway beyond = gateways.create(PxpProtocols.NAT_PMP, ROUTE, ip("10.9.8.1"));

        Failure failure = failure(map(beyond, tcp(25565)));

        assertThat(failure).isInstanceOf(Failure.AddressMismatch.class);
        assertThat(ports.sent()).isEmpty();
    }

    /** VPN providers map ports at the far end of a tunnel, whose network is one address. */
    @Test
    void nat_pmp_asks_the_far_end_of_a_tunnel() {
        ports.arrives(Duration.ZERO, server, hex("0082000000000e1163dd63dd00000078"));
        LocalRoute tunnel = new LocalRoute("wg0", ip("10.2.0.2"), 32, Optional.empty());
        Gateway far = gateways.create(PxpProtocols.NAT_PMP, tunnel, ip("10.2.0.1"));

        assertThat(lease(map(far, tcp(25565))).externalPort()).isEqualTo(new Port(25565));
    }

    @Test
    void a_question_that_this_machines_own_firewall_keeps_in_is_not_silence() {
        ports.keepsIn(destination -> true);

        Failure failure = failure(map(gateway(PxpProtocols.NAT_PMP), tcp(25565)));

        assertThat(failure).isInstanceOf(Failure.KeptIn.class);
        assertThat(failure.mayHaveHappened()).isFalse();
        assertThat(timeline.uptime()).isEqualTo(Duration.ZERO);
    }
}
