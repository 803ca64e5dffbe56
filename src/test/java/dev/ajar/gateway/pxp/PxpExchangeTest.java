package dev.ajar.gateway.pxp;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ROUTE;
import static dev.ajar.testing.Samples.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.ScriptedPorts;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PxpExchangeTest {
    private static final byte[] ADDRESS = hex("0080000000000e10cb007107");
    private final ManualTimeline timeline = new ManualTimeline();
    private final ScriptedPorts ports = new ScriptedPorts(timeline, HERE);
    private final InetSocketAddress server = new InetSocketAddress(GATEWAY, 5351);

    private Result<NatPmpReply.Address> ask() {
        return new PxpExchange(ports, 5351)
                .ask(
                        ROUTE,
                        GATEWAY,
                        local -> NatPmpCodec.externalAddressRequest(),
                        NatPmpCodec::readAddress,
                        Deadline.after(timeline, Duration.ofSeconds(10)));
    }

    @Test
    void a_lost_packet_is_asked_again_after_a_quarter_of_a_second_and_then_each_half_second() {
        ports.arrives(Duration.ofSeconds(3), server, ADDRESS);

        assertThat(ask()).isInstanceOf(Result.Ok.class);
        assertThat(ports.sentAt())
                .extracting(Duration::toMillis)
                .containsExactly(0L, 250L, 750L, 1250L, 1750L, 2250L, 2750L);
    }

    @Test
    void packets_that_answer_another_request_are_ignored() {
        ports.arrives(Duration.ofMillis(10), server, hex("0081000000000e1155f055f100000e10"))
                .arrives(Duration.ofMillis(20), server, new byte[1])
                .arrives(Duration.ofMillis(30), server, ADDRESS);

        assertThat(ask()).isInstanceOf(Result.Ok.class);
        assertThat(timeline.uptime()).isEqualTo(Duration.ofMillis(30));
    }

    @Test
    void an_icmp_error_ends_the_wait() {
        ports.unreachable(Duration.ofMillis(1));

        assertThat(ask())
                .isEqualTo(Result.err(new Failure.Unreachable(
                        Message.of("pxp.refused", "port", 5351, "reason", Message.of("system.no-listener")))));
        assertThat(timeline.uptime()).isLessThan(Duration.ofMillis(5));
    }

    @Test
    void silence_ends_with_the_deadline() {
        assertThat(ask()).isInstanceOf(Result.Err.class);
        assertThat(timeline.uptime()).isEqualTo(Duration.ofSeconds(10));
    }
}
