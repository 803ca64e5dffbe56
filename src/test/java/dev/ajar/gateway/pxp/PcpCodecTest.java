package dev.ajar.gateway.pxp;

import static dev.ajar.testing.Samples.hex;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.TransportProtocol;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PcpCodecTest {
    private static final PcpNonce NONCE = new PcpNonce("101112131415161718191a1b");
    private static final byte[] GRANTED = hex("0281000000000e100000138900000000000000000000000010111213141516171819"
            + "1a1b1100000055f055f000000000000000000000ffffcb007107");

    @Test
    void an_announce_is_a_bare_header_with_our_address() {
        assertThat(PcpCodec.announceRequest(ip("192.168.1.10")))
                .isEqualTo(hex("020000000000000000000000000000000000ffffc0a8010a"));
    }

    @Test
    void a_map_request_is_laid_out_as_the_rfc_says() {
        byte[] request = PcpCodec.mapRequest(
                ip("192.168.1.10"), NONCE, TransportProtocol.UDP, 22000, 22000, 7200, PcpOptions.NONE);

        assertThat(request)
                .isEqualTo(hex("0201000000001c2000000000000000000000ffffc0a8010a101112131415161718191a1b"
                        + "1100000055f055f000000000000000000000ffff00000000"));
    }

    @Test
    void a_grant_is_read() {
        assertThat(PcpCodec.readMap(GRANTED, NONCE, TransportProtocol.UDP, 22000))
                .hasValueSatisfying(reply -> {
                    assertThat(reply.result()).isZero();
                    assertThat(reply.lifetimeSeconds()).isEqualTo(3600);
                    assertThat(reply.epoch()).isEqualTo(5001);
                    assertThat(reply.externalPort()).isEqualTo(22000);
                    assertThat(reply.externalAddress()).contains(ip("203.0.113.7"));
                });
    }

    @Test
    void only_the_answer_to_our_own_question_counts() {
        PcpNonce other = new PcpNonce("000000000000000000000000");

        assertThat(PcpCodec.readMap(GRANTED, other, TransportProtocol.UDP, 22000))
                .isEmpty();
        assertThat(PcpCodec.readMap(GRANTED, NONCE, TransportProtocol.TCP, 22000))
                .isEmpty();
        assertThat(PcpCodec.readMap(GRANTED, NONCE, TransportProtocol.UDP, 22001))
                .isEmpty();
    }

    @Test
    void our_own_echoed_request_is_not_an_answer() {
        byte[] echo = PcpCodec.mapRequest(
                ip("192.168.1.10"), NONCE, TransportProtocol.UDP, 22000, 22000, 7200, PcpOptions.NONE);

        assertThat(PcpCodec.readMap(echo, NONCE, TransportProtocol.UDP, 22000)).isEmpty();
    }

    @Test
    void options_behind_the_answer_do_no_harm() {
        byte[] longer = Arrays.copyOf(GRANTED, 64);

        assertThat(PcpCodec.readMap(longer, NONCE, TransportProtocol.UDP, 22000))
                .isPresent();
        assertThat(PcpCodec.readMap(Arrays.copyOf(GRANTED, 1104), NONCE, TransportProtocol.UDP, 22000))
                .isEmpty();
    }

    @Test
    void a_truncated_success_is_not_a_success() {
        for (int length = 0; length < GRANTED.length; length++) {
            assertThat(PcpCodec.readMap(Arrays.copyOf(GRANTED, length), NONCE, TransportProtocol.UDP, 22000))
                    .as("%d bytes", length)
                    .isEmpty();
        }
    }

    /** Every bit of version, opcode, nonce, protocol and internal port identifies the answer as ours. */
    @Test
    void a_flipped_bit_never_makes_a_grant_of_another_mapping() {
        for (int bit = 0; bit < GRANTED.length * 8; bit++) {
            int at = bit / 8;
            boolean identifying = at <= 1 || (at >= 24 && at <= 36) || at == 40 || at == 41;
            byte[] damaged = GRANTED.clone();
            damaged[at] ^= (byte) (1 << bit % 8);
            if (identifying) {
                assertThat(PcpCodec.readMap(damaged, NONCE, TransportProtocol.UDP, 22000))
                        .as("bit %d", bit)
                        .isEmpty();
            }
        }
    }

    @Test
    void random_bytes_never_throw() {
        Random random = new Random(6887);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(128)];
            random.nextBytes(noise);
            assertThat(PcpCodec.readMap(noise, NONCE, TransportProtocol.UDP, 22000))
                    .isEmpty();
        }
    }
}
