package dev.ajar.gateway.pxp;

import static dev.ajar.testing.Samples.hex;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PxpProbeTest {
    private static final byte[] ADDRESS = hex("0080000000000e10cb007107");
    private static final byte[] PCP_ANNOUNCE = hex("028000000000000000001388000000000000000000000000");
    private final PxpProbe probe = new PxpProbe(Set.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP));

    @Test
    void pcp_ends_the_probe() {
        probe.hear(PCP_ANNOUNCE);

        assertThat(probe.isSettled()).isTrue();
        assertThat(probe.isSpoken(PxpProtocols.PCP)).isTrue();
        assertThat(probe.isComplete()).isFalse();
    }

    /** A NAT-PMP server answers version 2 with "unsupported version" in a version 0 packet (RFC 6887 section 9). */
    @Test
    void nat_pmp_that_denies_pcp_ends_the_probe() {
        probe.hear(hex("0080000100000fa0"));
        assertThat(probe.isSettled()).isFalse();

        probe.hear(ADDRESS);
        assertThat(probe.isSettled()).isTrue();
        assertThat(probe.isSpoken(PxpProtocols.PCP)).isFalse();
        assertThat(probe.isPcpDenied()).isTrue();
    }

    /** Some routers answer an ANNOUNCE with a NAT-PMP address: that does not rule PCP out, so ajar waits for it. */
    @Test
    void nat_pmp_alone_does_not_end_the_probe() {
        probe.hear(ADDRESS);

        assertThat(probe.hasAnswer()).isTrue();
        assertThat(probe.isSettled()).isFalse();
    }

    /** tailscale/tailscale#2563: a NAT-PMP question answered in PCP's framing means that PCP is spoken. */
    @Test
    void a_pcp_header_in_answer_to_nat_pmp_shows_pcp() {
        probe.hear(hex("028000010000000000001388000000000000000000000000"));

        assertThat(probe.isSpoken(PxpProtocols.PCP)).isTrue();
    }

    @Test
    void random_bytes_show_no_protocol() {
        probe.hear(new byte[0]);
        probe.hear(hex("ff"));
        probe.hear(hex("0300000000"));

        assertThat(probe.hasAnswer()).isFalse();
    }
}
