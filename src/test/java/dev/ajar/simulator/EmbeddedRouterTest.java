package dev.ajar.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.ManualTimeline;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddedRouterTest {
    private final ManualTimeline timeline = new ManualTimeline();

    @Test
    void a_lease_that_expires_closes_the_port() throws IOException {
        try (Forwarder forwarder = new Forwarder()) {
            NatTable table = new NatTable(timeline, forwarder);
            NatTable.NatKey key = new NatTable.NatKey(TransportProtocol.TCP, 25565);
            table.put(key, new Endpoint(InetAddress.getLoopbackAddress(), new Port(1)), "x", "", 60);
            Internet internet = new Internet(table, forwarder);

            timeline.advance(Duration.ofSeconds(59));
            assertThat(internet.forwardedPort(TransportProtocol.TCP, 25565)).isPresent();

            timeline.advance(Duration.ofSeconds(1));
            assertThat(internet.forwardedPort(TransportProtocol.TCP, 25565)).isEmpty();
            assertThat(table.all()).isEmpty();
        }
    }

    @Test
    void bytes_go_both_ways_with_their_ends() throws IOException {
        try (Forwarder forwarder = new Forwarder();
                ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            NatTable table = new NatTable(timeline, forwarder);
            table.put(
                    new NatTable.NatKey(TransportProtocol.TCP, 80),
                    new Endpoint(service.getInetAddress(), new Port(service.getLocalPort())),
                    "x",
                    "",
                    0);
            Thread.ofVirtual().start(() -> reverse(service));

            try (Socket outside = new Internet(table, forwarder).connect(80)) {
                outside.getOutputStream().write("abc".getBytes(StandardCharsets.UTF_8));
                outside.shutdownOutput();
                assertThat(new String(outside.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("cba");
            }
        }
    }

    private static void reverse(ServerSocket service) {
        try (Socket inside = service.accept()) {
            String text = new String(inside.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            inside.getOutputStream()
                    .write(new StringBuilder(text).reverse().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void what_is_not_mapped_is_closed() throws IOException {
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), timeline)) {
            assertThatThrownBy(() -> router.internet().connect(25565)).isInstanceOf(ConnectException.class);
        }
    }
}
