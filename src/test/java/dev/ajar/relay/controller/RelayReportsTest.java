package dev.ajar.relay.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import dev.ajar.control.SocketLocation;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.controller.RelayProcessController.StopAnswer;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A relay process that has stopped: it accepts what the daemon asks, and says nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RelayReportsTest {
    @TempDir
    Path folder;

    private StopAnswer askToStop() {
        return RelayProcessController.askToStop(
                Map.of(),
                Optional.of(folder),
                new RelayReport(4711, Optional.empty(), List.of()),
                Set.of(new RuleKey(TransportProtocol.TCP, new Port(8554))));
    }

    /** Every version answers: an older one with the status, whatever it is asked. */
    @Test
    void one_of_an_older_version_is_told_from_one_that_stops_and_one_that_has_ended() throws IOException {
        assertThat(askToStop()).as("it has ended").isEqualTo(StopAnswer.STOPS);
        Path place = SocketLocation.forRelay(Map.of(), folder, 4711);
        List<String> asked = new ArrayList<>();
        try (ControlServer older = ControlServer.start(place, request -> {
            asked.addAll(request.arguments());
            return new ControlRequest.Response(0, "{\"rules\":[]}", "");
        })) {
            assertThat(older).isNotNull();
            assertThat(askToStop()).isEqualTo(StopAnswer.OLDER);
            assertThat(asked).containsExactly("stop", "tcp 8554");
        }
        try (ControlServer confused = ControlServer.start(place, request -> new ControlRequest.Response(75, "", "?"))) {
            assertThat(confused).isNotNull();
            assertThat(askToStop()).isEqualTo(StopAnswer.SILENT);
        }
    }

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
