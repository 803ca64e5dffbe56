package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.engine.loop.BulkRule;
import dev.ajar.relay.engine.loop.EventLoops;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bulk through a pipe instead of being copied: nothing is lost at its ends, and no pipe is left behind. */
@Tag("load")
@Isolated("counts the pipes of this process")
class SpliceTest {
    private static final int LARGE = 48 << 20;
    private static final Duration SOON = Duration.ofSeconds(20);

    @BeforeEach
    void only_with_epoll() {
        assumeTrue(Epoll.isAvailable());
    }

    /** Of this process, by what the system says of its descriptors. */
    private static long pipes() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(SpliceTest::isPipe).count();
        }
    }

    private static boolean isPipe(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
        } catch (IOException e) {
            // Closed meanwhile.
            return false;
        }
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    @Test
    void a_stream_goes_through_a_pipe_whole_and_its_end_arrives() throws Exception {
        long before = pipes();
        CompletableFuture<byte[]> got = new CompletableFuture<>();
        try (Device device = Device.with(socket -> {
            got.complete(Bytes.hash(socket.getInputStream(), Long.MAX_VALUE));
            Bytes.write(socket.getOutputStream(), (byte) 5, LARGE);
        })) {
            try (RelayRig rig = RelayRig.tcp(true, device.port());
                    Socket client = rig.client()) {
                Bytes.write(client.getOutputStream(), (byte) 3, LARGE);
                client.shutdownOutput();

                assertThat(Bytes.hash(client.getInputStream(), Long.MAX_VALUE)).isEqualTo(Bytes.hash((byte) 5, LARGE));
                assertThat(got.get()).isEqualTo(Bytes.hash((byte) 3, LARGE));
                assertThat(pipes()).isGreaterThan(before);
                assertThat(rig.status().in()).isEqualTo(LARGE);
                assertThat(rig.status().out()).isEqualTo(LARGE);
                await().atMost(SOON).until(() -> rig.status().now() == 0);
            }
            assertThat(pipes()).isEqualTo(before);
        }
    }

    @Test
    void a_reset_with_a_full_pipe_reaches_the_other_side_and_frees_the_pipe() throws Exception {
        long before = pipes();
        CompletableFuture<Void> read = new CompletableFuture<>();
        CompletableFuture<Boolean> broken = new CompletableFuture<>();
        try (Device device = Device.with(socket -> {
            InputStream in = socket.getInputStream();
            try {
                // The reset may come before all of it has.
                in.readNBytes(16 << 20);
                read.join();
                in.transferTo(OutputStream.nullOutputStream());
                broken.complete(false);
            } catch (IOException e) {
                broken.complete(true);
            }
        })) {
            try (RelayRig rig = RelayRig.tcp(true, device.port());
                    Socket client = rig.client()) {
                Thread writing = Thread.ofVirtual().start(() -> {
                    try {
                        Bytes.write(client.getOutputStream(), (byte) 1, LARGE);
                    } catch (IOException e) {
                        // Ended by the reset below.
                        return;
                    }
                });
                await().atMost(SOON)
                        .until(() -> rig.status().in() > 16 << 20 && writing.getState() != Thread.State.RUNNABLE);
                reset(client);
                await().atMost(SOON).until(() -> rig.status().now() == 0);
                read.complete(null);
                assertThat(broken.get()).isTrue();
            }
            assertThat(pipes()).isEqualTo(before);
        }
    }

    /** Messages are copied: splicing is slower for them. */
    @Test
    void messages_open_no_pipe() throws Exception {
        long before = pipes();
        try (Device device = Device.with(socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
                RelayRig rig = RelayRig.tcp(true, device.port());
                Socket client = rig.client()) {
            for (int i = 0; i < 200; i++) {
                client.getOutputStream().write(new byte[1000]);
                assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
            }
            assertThat(pipes()).isEqualTo(before);
        }
    }

    /** The end and the last bytes may come in one event. */
    @Test
    void a_client_that_sends_and_ends_at_once_loses_nothing() throws Exception {
        try (Device device = Device.with(socket ->
                        socket.getOutputStream().write(socket.getInputStream().readAllBytes()));
                RelayRig rig = RelayRig.tcp(true, device.port())) {
            for (int i = 0; i < 50; i++) {
                try (Socket client = rig.client()) {
                    client.getOutputStream().write(new byte[1 + i * 1000]);
                    client.shutdownOutput();
                    assertThat(client.getInputStream().readAllBytes()).hasSize(1 + i * 1000);
                }
            }
        }
    }

    /** As Telnet and FTP do to interrupt. A read stops before urgent data, and no event says that more is there. */
    @ParameterizedTest(name = "pipes {0}")
    @ValueSource(booleans = {false, true})
    void urgent_data_does_not_stop_what_follows_it(boolean pipes) throws Exception {
        EventLoops loops = EventLoops.of(true, 1, pipes ? new BulkRule(1, 1, 0) : BulkRule.STANDARD);
        try (Device device = Device.echo();
                RelayRig rig = RelayRig.on(loops, TransportProtocol.TCP, device.port());
                Socket client = rig.client()) {
            client.setTcpNoDelay(true);
            for (int i = 0; i < 3; i++) {
                CompletableFuture<Void> sent = RelayRig.occupy(loops.all().getFirst());
                client.getOutputStream().write(new byte[] {1, 2});
                client.sendUrgentData(3);
                client.getOutputStream().write(new byte[] {4, 5});
                sent.complete(null);
                assertThat(client.getInputStream().readNBytes(4)).containsExactly(1, 2, 4, 5);
            }
        }
    }

    @Test
    void a_client_that_resets_before_the_device_accepts_leaves_no_connection() throws Exception {
        try (Device device =
                        Device.with(socket -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()));
                RelayRig rig = RelayRig.tcp(true, device.port())) {
            for (int i = 0; i < 50; i++) {
                reset(rig.client());
            }
            await().atMost(SOON)
                    .until(() -> rig.status().total() == 50 && rig.status().now() == 0);
        }
    }
}
