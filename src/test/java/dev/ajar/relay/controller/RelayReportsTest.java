package dev.ajar.relay.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.SocketLocation;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay process that has stopped: it accepts what the daemon asks, and says nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayReportsTest {
    @TempDir
    Path folder;

    @Test
    void one_that_says_nothing_is_left_out_after_a_while() throws IOException {
        Path place = SocketLocation.forRelay(Map.of(), folder, 4711);
        CountDownLatch accepted = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(place));
            Thread silent = Thread.ofVirtual().start(() -> {
                try (SocketChannel client = server.accept()) {
                    client.write(ByteBuffer.wrap(new byte[] {'+', '\n'}));
                    accepted.countDown();
                    told.await();
                } catch (IOException | InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            assertThat(RelayProcessController.reports(Map.of(), Optional.of(folder), Duration.ofMillis(500)))
                    .isEmpty();
            assertThat(accepted.getCount()).isZero();
            told.countDown();
            assertThat(silent).isNotNull();
        }
    }
}
