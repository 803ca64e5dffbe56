package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.json.JsonReader;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients can do to the server, and what they cannot. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ParameterizedClass
@ValueSource(strings = {".sock", ".tcp"})
@Execution(ExecutionMode.CONCURRENT)
class ControlServerTest {
    private static final String WATCH = "{\"ajar\":3,\"request\":\"watch\"}";
    private static final String FOLLOW = "{\"ajar\":3,\"request\":\"follow\"}";

    @TempDir
    private Path folder = Path.of(".");

    private final String kind;
    private final TestDaemon daemon = new TestDaemon("{\"n\":0}");

    /** @param kind the end of the place's name: of a Unix socket, or of the token file of a TCP port */
    ControlServerTest(String kind) {
        this.kind = kind;
    }

    private Path place() {
        return folder.resolve("control" + kind);
    }

    private SocketChannel connect() throws IOException {
        return TestDaemon.connected(place());
    }

    private static String read(LineReader reader) throws IOException {
        return new String(reader.next(), StandardCharsets.UTF_8);
    }

    @Test
    void three_hundred_idle_clients_do_not_keep_others_waiting() throws IOException {
        List<SocketChannel> idle = new ArrayList<>();
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 300; i++) {
                idle.add(connect());
            }
            assertThat(TestDaemon.watched(place())).contains("{\"n\":0}");
            assertThat(ControlClient.ask(place(), new ControlRequest(List.of("close"), Map.of(), false, true)))
                    .map(ControlRequest.Response::out)
                    .contains("ran close");
        } finally {
            for (SocketChannel client : idle) {
                client.close();
            }
        }
    }

    @Test
    void a_follower_gets_every_change_and_no_document_twice() throws IOException {
        try (ControlServer server = ControlServer.start(place(), daemon);
                SocketChannel client = connect()) {
            assertThat(server).isNotNull();
            LineReader reader = new LineReader(client, 10_000);
            LineProtocol.write(client, LineProtocol.line(FOLLOW));
            assertThat(read(reader)).isEqualTo("+");
            assertThat(read(reader)).isEqualTo("{\"n\":0}");
            daemon.state.publish("{\"n\":1}", "1");
            assertThat(read(reader)).isEqualTo("{\"n\":1}");
            daemon.state.publish("{\"n\":1,\"seconds_left\":9}", "1");
            daemon.state.publish("{\"n\":2}", "2");
            assertThat(read(reader)).isEqualTo("{\"n\":2}");
        }
    }

    @Test
    void a_follower_that_leaves_is_forgotten() throws Exception {
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            try (SocketChannel client = connect()) {
                LineReader reader = new LineReader(client, 10_000);
                LineProtocol.write(client, LineProtocol.line(FOLLOW));
                assertThat(read(reader)).isEqualTo("+");
                assertThat(read(reader)).isEqualTo("{\"n\":0}");
                assertThat(daemon.followers).hasValue(1);
            }
            daemon.left.await();
            assertThat(daemon.followers).hasValue(0);
        }
    }

    @Test
    void a_follower_that_does_not_read_keeps_no_other_waiting() throws Exception {
        String much = "x".repeat(4 << 20);
        try (ControlServer server = ControlServer.start(place(), daemon);
                SocketChannel slow = connect()) {
            assertThat(server).isNotNull();
            // A buffer of TCP would grow to hold all of it.
            slow.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            LineProtocol.write(slow, LineProtocol.line(FOLLOW));
            for (int i = 1; i < 5; i++) {
                daemon.state.publish("{\"n\":" + i + ",\"text\":\"" + much + "\"}", i);
            }
            // Long as well: a follower that is late gets the last one alone, which must not fit into the daemon's
            // buffer.
            String last = "{\"n\":9,\"text\":\"" + much.repeat(3) + "\"}";
            daemon.state.publish(last, 9);
            assertThat(TestDaemon.watched(place())).contains(last);
            daemon.left.await();
            assertThat(daemon.followers).as("it is disconnected").hasValue(0);
        }
    }

    @Test
    void a_client_that_ends_within_its_request_is_forgotten() throws IOException {
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            try (SocketChannel client = connect()) {
                LineProtocol.write(client, "{\"ajar\":3,".getBytes(StandardCharsets.UTF_8));
            }
            try (SocketChannel client = connect()) {
                LineProtocol.write(client, LineProtocol.line(WATCH));
                client.shutdownInput();
            }
            assertThat(TestDaemon.watched(place())).isPresent();
        }
    }

    @Test
    void an_unknown_request_says_which_side_is_older() throws IOException {
        try (ControlServer server = ControlServer.start(place(), daemon);
                SocketChannel client = connect()) {
            assertThat(server).isNotNull();
            LineReader reader = new LineReader(client, 10_000);
            LineProtocol.write(client, LineProtocol.line("{\"ajar\":4,\"request\":\"pause\",\"for\":\"1h\"}"));
            assertThat(read(reader)).isEqualTo("+");
            assertThat(JsonReader.read(read(reader).getBytes(StandardCharsets.UTF_8))
                            .object("error")
                            .orElseThrow()
                            .text("message"))
                    .contains("daemon is older", "restart it");
        }
    }

    @Test
    void the_folder_of_a_socket_is_made_for_its_user_alone() throws IOException {
        Path inside = folder.resolve("run/ajar/control" + kind);
        SocketLocation.createFolder(inside);
        assertThat(Files.getPosixFilePermissions(folder.resolve("run/ajar")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        SocketLocation.createFolder(inside);
    }

    @Test
    void a_file_that_is_not_a_socket_is_not_connected_to() throws IOException {
        assertThat(SocketLocation.isUnsafe(place())).isTrue();
        Files.writeString(place(), "not a socket");
        assertThat(SocketLocation.isUnsafe(place())).isTrue();
        assertThat(TestDaemon.watched(place())).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> ControlServer.start(place(), daemon)).isInstanceOf(IOException.class);
        assertThat(Files.readString(place())).isEqualTo("not a socket");
        Files.delete(place());
        Path link = folder.resolve("link" + kind);
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            assertThat(SocketLocation.isUnsafe(place())).isFalse();
            Files.createSymbolicLink(link, place());
            assertThat(SocketLocation.isUnsafe(link)).isTrue();
        }
    }
}
