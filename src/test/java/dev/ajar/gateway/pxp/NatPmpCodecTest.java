package dev.ajar.gateway.pxp;

import static dev.ajar.testing.Samples.hex;
import static dev.ajar.testing.Samples.ip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.TransportProtocol;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NatPmpCodecTest {
    private static final byte[] GRANTED = hex("0082000000000e1163dd63de00000e10");

    @Test
    void requests_are_laid_out_as_the_rfc_says() {
        assertThat(NatPmpCodec.externalAddressRequest()).isEqualTo(hex("0000"));
        assertThat(NatPmpCodec.mapRequest(TransportProtocol.UDP, 22000, 22001, 7200))
                .isEqualTo(hex("0001000055f055f100001c20"));
        assertThat(NatPmpCodec.mapRequest(TransportProtocol.TCP, 65535, 0, 0))
                .isEqualTo(hex("00020000ffff000000000000"));
    }

    @Test
    void an_address_is_read() {
        assertThat(NatPmpCodec.readAddress(hex("0080000000000e10cb007107"))).hasValueSatisfying(reply -> {
            assertThat(reply.result()).isZero();
            assertThat(reply.epoch()).isEqualTo(3600);
            assertThat(reply.address()).contains(ip("203.0.113.7"));
        });
    }

    @Test
    void the_zero_address_is_not_accepted() {
        assertThat(NatPmpCodec.readAddress(hex("0080000000000e1000000000")))
                .hasValueSatisfying(reply -> assertThat(reply.address()).isEmpty());
    }

    @Test
    void another_port_and_a_shorter_lifetime_are_a_valid_grant() {
        assertThat(NatPmpCodec.readMapping(GRANTED, TransportProtocol.TCP, 25565))
                .contains(new NatPmpReply.Mapped(0, 3601, 25566, 3600));
    }

    /** paullouisageneau/libplum#49. */
    @Test
    void an_error_may_be_eight_bytes_short() {
        assertThat(NatPmpCodec.readMapping(hex("0081000100000e10"), TransportProtocol.UDP, 22000))
                .hasValueSatisfying(reply -> assertThat(reply.result()).isEqualTo(1));
    }

    /** miniupnp/miniupnp#196: ports cut to eight bits do not answer our request. */
    @Test
    void an_answer_for_another_port_is_not_ours() {
        assertThat(NatPmpCodec.readMapping(GRANTED, TransportProtocol.TCP, 25567))
                .isEmpty();
        assertThat(NatPmpCodec.readMapping(GRANTED, TransportProtocol.UDP, 25565))
                .isEmpty();
    }

    @Test
    void every_truncation_is_refused_or_an_error() {
        for (int length = 0; length < GRANTED.length; length++) {
            byte[] cut = Arrays.copyOf(GRANTED, length);
            assertThat(NatPmpCodec.readMapping(cut, TransportProtocol.TCP, 25565))
                    .as("%d bytes", length)
                    .isEmpty();
            assertThat(NatPmpCodec.readAddress(cut)).isEmpty();
        }
    }

    @Test
    void a_flipped_bit_in_the_echoed_request_makes_it_another_clients_answer() {
        for (int bit = 0; bit < 16; bit++) {
            byte[] damaged = GRANTED.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(NatPmpCodec.readMapping(damaged, TransportProtocol.TCP, 25565))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @Test
    void random_bytes_never_throw() {
        Random random = new Random(6886);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(64)];
            random.nextBytes(noise);
            NatPmpCodec.readAddress(noise);
            NatPmpCodec.readMapping(noise, TransportProtocol.TCP, 25565)
                    .ifPresent(reply -> assertThat(reply.externalPort()).isBetween(0, 65535));
        }
    }
}
