package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ControlTest {
    @TempDir
    Path folder = Path.of(".");

    private static ControlRequest.Response echo(ControlRequest controlRequest) {
        return new ControlRequest.Response(
                controlRequest.arguments().size(),
                String.join(" ", controlRequest.arguments()),
                "err" + controlRequest.settings());
    }

    @Test
    void a_command_reaches_the_server_and_its_output_comes_back() throws IOException {
        Path place = folder.resolve("control.sock");
        try (ControlServer server = ControlServer.start(place, ControlTest::echo)) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
                    .isEqualTo("rw-------");
            ControlRequest.Response done = ControlClient.ask(
                            place, new ControlRequest(List.of("open", "25565"), Map.of("method", "pcp"), true, false))
                    .orElseThrow();
            assertThat(done).isEqualTo(new ControlRequest.Response(2, "open 25565", "err{method=pcp}"));
        }
        assertThat(place).doesNotExist();
        assertThat(ControlClient.ask(place, new ControlRequest(List.of(), Map.of(), true, true)))
                .isEmpty();
    }

    @Test
    void the_socket_of_a_killed_daemon_is_ignored_and_replaced() throws IOException {
        Path place = folder.resolve("control.sock");
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(place));
        }
        assertThat(place).exists();
        assertThat(ControlClient.ask(place, new ControlRequest(List.of(), Map.of(), true, true)))
                .isEmpty();
        try (ControlServer server = ControlServer.start(place, ControlTest::echo)) {
            assertThat(server).isNotNull();
            assertThat(ControlClient.ask(place, new ControlRequest(List.of(), Map.of(), true, true)))
                    .isPresent();
        }
    }

    @Test
    void what_is_not_a_dead_socket_of_this_user_is_left_as_it_is() throws IOException {
        Path file = Files.writeString(folder.resolve("control.sock"), "a file of the user");
        assertThatThrownBy(() -> ControlServer.start(file, ControlTest::echo)).hasMessageContaining("move it away");
        assertThat(file).hasContent("a file of the user");

        Path link = Files.createSymbolicLink(folder.resolve("link.sock"), file);
        assertThatThrownBy(() -> ControlServer.start(link, ControlTest::echo)).hasMessageContaining("move it away");
        assertThat(link).isSymbolicLink();

        Path place = folder.resolve("busy.sock");
        try (ControlServer first = ControlServer.start(place, ControlTest::echo)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> ControlServer.start(place, ControlTest::echo))
                    .hasMessageContaining("another process listens");
            assertThat(ControlClient.ask(place, new ControlRequest(List.of("x"), Map.of(), true, true)))
                    .isPresent();
        }
    }

    /** The queue of a process that hangs is full after some clients: the next one is not even connected. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_daemon_that_takes_no_client_is_silent_and_keeps_its_place() throws IOException {
        Path place = folder.resolve("control.sock");
        List<SocketChannel> waiting = new ArrayList<>();
        try (ServerSocketChannel hanging = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hanging.bind(UnixDomainSocketAddress.of(place), 1);
            while (isQueued(place, waiting)) {
                assertThat(waiting).hasSizeLessThan(100);
            }
            assertThat(ControlClient.request(place, "hello", Map.of(), Duration.ofSeconds(30)))
                    .isInstanceOf(ControlAnswer.Silent.class);
            assertThatThrownBy(() -> ControlServer.start(place, ControlTest::echo))
                    .hasMessageContaining("another process listens");
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    private static boolean isQueued(Path place, List<SocketChannel> waiting) throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(client);
        client.configureBlocking(false);
        try {
            return client.connect(UnixDomainSocketAddress.of(place));
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void a_socket_in_a_folder_that_every_user_can_write_is_not_used() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        try (ControlServer server = ControlServer.start(open.resolve("control.sock"), ControlTest::echo)) {
            assertThat(server).isNotNull();
            assertThat(SocketLocation.isSafe(open.resolve("control.sock"))).isTrue();
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
            assertThat(SocketLocation.isSafe(open.resolve("control.sock"))).isFalse();
        }
    }

    @Test
    void invalid_requests_get_no_answer_and_do_no_harm() throws IOException {
        Path place = folder.resolve("control.sock");
        try (ControlServer server = ControlServer.start(place, ControlTest::echo)) {
            assertThat(server).isNotNull();
            for (String nonsense :
                    List.of("\n", "{}\n", "{\"ajar\":1,\"arguments\":[]}\n", "x".repeat(100_000) + "\n")) {
                try (SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    client.connect(UnixDomainSocketAddress.of(place));
                    ByteBuffer bytes = ByteBuffer.wrap(nonsense.getBytes(StandardCharsets.UTF_8));
                    try {
                        while (bytes.hasRemaining()) {
                            client.write(bytes);
                        }
                        assertThat(client.read(ByteBuffer.allocate(10))).isEqualTo(-1);
                    } catch (IOException e) {
                        assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
                    }
                }
            }
            assertThat(ControlClient.ask(place, new ControlRequest(List.of("x"), Map.of(), true, true)))
                    .isPresent();
        }
    }

    @Test
    void the_socket_is_in_the_runtime_directory_and_the_state_folder_names_it() throws IOException {
        assertThat(SocketLocation.forDaemon(Map.of("RUNTIME_DIRECTORY", "/run/ajar"), folder))
                .isEqualTo(Path.of("/run/ajar/control.sock"));
        assertThat(SocketLocation.forDaemon(Map.of("XDG_RUNTIME_DIR", "/run/user/1"), folder))
                .isEqualTo(Path.of("/run/user/1/ajar/control.sock"));
        assertThat(SocketLocation.forDaemon(Map.of(), folder)).isEqualTo(folder.resolve("control.sock"));
        assertThat(SocketLocation.forDaemon(Map.of("XDG_RUNTIME_DIR", "/" + "x".repeat(100)), folder))
                .isEqualTo(folder.resolve("control.sock"));
        assertThat(SocketLocation.forDaemon(Map.of("RUNTIME_DIRECTORY", "/run/ajar", "AJAR_CONTROL", "tcp"), folder))
                .isEqualTo(Path.of("/run/ajar/control.tcp"));
        assertThat(SocketLocation.forRelay(Map.of("AJAR_CONTROL", "tcp"), folder, 4711))
                .isEqualTo(folder.resolve("relay-4711.tcp"));

        SocketLocation.announce(folder, Path.of("/run/ajar/control.sock"));
        assertThat(SocketLocation.of(folder)).isEqualTo(Path.of("/run/ajar/control.sock"));
        SocketLocation.withdraw(folder);
        assertThat(SocketLocation.of(folder)).isEqualTo(folder.resolve("control.sock"));

        Path deep = Files.createDirectories(folder.resolve("d".repeat(200)).resolve("d".repeat(200)));
        SocketLocation.announce(deep, SocketLocation.forDaemon(Map.of("AJAR_CONTROL", "tcp"), deep));
        assertThat(SocketLocation.of(deep)).isEqualTo(deep.resolve("control.tcp"));
    }

    /** It listens although its folder does not let it write where. */
    @Test
    void a_daemon_that_could_not_name_its_place_is_found_in_the_state_folder() throws IOException {
        Path token = SocketLocation.forDaemon(Map.of("AJAR_CONTROL", "tcp"), folder);
        try (ControlServer server = ControlServer.start(token, ControlTest::echo)) {
            assertThat(server).isNotNull();
            assertThat(SocketLocation.of(folder)).isEqualTo(token);
        }
        assertThat(SocketLocation.of(folder)).isEqualTo(folder.resolve("control.sock"));
    }
}
