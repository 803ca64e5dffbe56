package dev.ajar.gateway.pxp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.WorkLimit;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/** Whatever a datagram contains, only an answer to our own request is accepted. */
@Tag("fuzz")
class NatPmpFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void datagram(byte[] bytes) {
        WorkLimit.run(() -> {
            NatPmpCodec.readAddress(bytes)
                    .ifPresent(reply -> assertThat(bytes[1]).isEqualTo((byte) 128));
            NatPmpCodec.readMapping(bytes, TransportProtocol.TCP, 25565)
                    .filter(reply -> reply.result() == 0)
                    .ifPresent(reply -> {
                        assertThat(bytes[1]).isEqualTo((byte) 130);
                        int echoed = ((bytes[8] & 0xFF) << 8) | (bytes[9] & 0xFF);
                        assertThat(echoed).isIn(0, 25565);
                    });
            new PxpProbe(Set.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP)).hear(bytes);
        });
    }
}
