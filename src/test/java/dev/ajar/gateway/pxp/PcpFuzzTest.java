package dev.ajar.gateway.pxp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.WorkLimit;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;

/** A grant always has the nonce, the protocol and the port that were sent (as Bitcoin Core requires). */
@Tag("fuzz")
class PcpFuzzTest {
    private static final PcpNonce NONCE = new PcpNonce("000102030405060708090a0b");

    @FuzzTest(maxDuration = "60s")
    void datagram(byte[] bytes) {
        WorkLimit.run(() -> PcpCodec.readMap(bytes, NONCE, TransportProtocol.UDP, 27015)
                .filter(reply -> reply.result() == 0)
                .ifPresent(reply -> {
                    assertThat(Arrays.copyOfRange(bytes, 24, 36)).isEqualTo(NONCE.bytes());
                    assertThat(bytes[36]).isEqualTo((byte) 17);
                    assertThat(bytes[41]).isEqualTo((byte) 27015);
                }));
    }
}
