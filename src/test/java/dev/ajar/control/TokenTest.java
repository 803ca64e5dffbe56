package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon on a TCP port serves only clients that know its token, and a client asks only the daemon that wrote it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TokenTest {
    private static final String WATCH = "{\"ajar\":3,\"request\":\"watch\"}\n";
    private static final FileRights RIGHTS = FileRights.ofThisSystem();

    @TempDir
    private Path folder = Path.of(".");

    private final TestDaemon daemon = new TestDaemon("{\"n\":0}");

    private Path place() {
        return folder.resolve("control.tcp");
    }

    private TokenFile token() {
        return TokenFile.read(place(), RIGHTS).orElseThrow();
    }

    private static SocketChannel stranger(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(TcpListener.loopback(), port));
    }

    /** All that the server says until it ends the connection. */
    private static String heard(SocketChannel client) throws IOException {
        ByteBuffer heard = ByteBuffer.allocate(1000);
        try {
            while (heard.hasRemaining() && client.read(heard) >= 0) {
                // Read on.
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
        }
        return new String(heard.array(), 0, heard.position(), StandardCharsets.UTF_8);
    }

    private static void say(SocketChannel client, String text) throws IOException {
        LineProtocol.write(client, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_port_is_of_this_machine_alone_and_only_its_user_can_read_the_token() throws IOException {
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place())))
                    .isEqualTo("rw-------");
            TokenFile token = token();
            assertThat(token.token()).hasSize(64).isNotEqualTo(token.proof());
            assertThat(token.toString()).doesNotContain(token.token(), token.proof());
            // Whatever other address of this machine: the port is free there.
            try (ServerSocketChannel elsewhere = ServerSocketChannel.open()) {
                elsewhere.bind(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), token.port()));
                assertThat(elsewhere.isOpen()).isTrue();
            }
            assertThat(TestDaemon.watched(place())).contains("{\"n\":0}");
        }
        assertThat(place()).doesNotExist();
        assertThat(ControlClient.ask(place(), new ControlRequest(List.of(), Map.of(), true, true)))
                .isEmpty();
    }

    @Test
    void a_client_without_the_token_learns_nothing() throws IOException {
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            TokenFile token = token();
            String almost = token.token().substring(0, 63) + (token.token().endsWith("0") ? "1" : "0") + "\n";
            for (String first : List.of(
                    WATCH + WATCH + WATCH,
                    almost + WATCH,
                    token.token() + "x" + WATCH,
                    token.token().toUpperCase(java.util.Locale.ROOT).replaceAll("[0-9]", "A") + "\n" + WATCH,
                    token.proof() + "\n" + WATCH,
                    "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 4096\r\nAccept: */*\r\n\r\n",
                    "x".repeat(100_000))) {
                try (SocketChannel client = stranger(token.port())) {
                    try {
                        say(client, first);
                    } catch (IOException e) {
                        assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
                    }
                    assertThat(heard(client)).as(first.substring(0, 40)).isEmpty();
                }
            }
            try (SocketChannel client = stranger(token.port())) {
                say(client, token.token() + "\n" + WATCH);
                assertThat(heard(client)).isEqualTo(token.proof() + "\n+\n{\"n\":0}\n");
            }
        }
    }

    @Test
    void strangers_that_say_nothing_do_not_keep_clients_waiting_for_long() throws IOException {
        List<SocketChannel> strangers = new ArrayList<>();
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 60; i++) {
                strangers.add(stranger(token().port()));
            }
            assertThat(TestDaemon.watched(place())).isPresent();
            for (int i = 0; i < 300; i++) {
                strangers.add(stranger(token().port()));
            }
            // Those that have waited longest make room.
            assertThat(TestDaemon.watched(place())).isPresent();
            for (SocketChannel each : strangers) {
                assertThat(heard(each)).isEmpty();
            }
            for (int i = 0; i < 600; i++) {
                stranger(token().port()).close();
            }
            assertThat(TestDaemon.watched(place())).isPresent();
        } finally {
            for (SocketChannel each : strangers) {
                each.close();
            }
        }
    }

    @Test
    void a_program_that_took_the_port_of_a_killed_daemon_is_told_only_a_dead_token() throws Exception {
        try (ServerSocketChannel thief = ServerSocketChannel.open()) {
            thief.bind(new InetSocketAddress(TcpListener.loopback(), 0));
            TokenFile left = TokenFile.create(thief.socket().getLocalPort(), new Random(1));
            left.write(place(), RIGHTS);
            for (String answer : List.of("", "+\n", "0".repeat(64) + "\n+\n{\"n\":7}\n", left.token() + "\n+\n{}\n")) {
                CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> {
                    try (SocketChannel client = thief.accept()) {
                        say(client, answer);
                        client.shutdownOutput();
                        return heard(client);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                });
                assertThat(ControlClient.request(
                                place(), "close", Map.of("secret", "x"), java.time.Duration.ofSeconds(30)))
                        .isInstanceOf(ControlAnswer.NoDaemon.class);
                assertThat(heard.get()).isEqualTo(left.token() + "\n");
            }
        }
        // The next daemon takes its place, with another token.
        String dead = token().token();
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            assertThat(token().token()).isNotEqualTo(dead);
            assertThat(TestDaemon.watched(place())).isPresent();
        }
    }

    @Test
    void two_daemons_do_not_share_a_place() throws IOException {
        try (ControlServer first = ControlServer.start(place(), daemon)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> ControlServer.start(place(), daemon))
                    .hasMessageContaining("another process listens");
            assertThat(TestDaemon.watched(place())).isPresent();
        }
    }

    @Test
    void what_ajar_did_not_write_is_left_as_it_is() throws IOException {
        Files.writeString(place(), "a file of the user");
        assertThatThrownBy(() -> ControlServer.start(place(), daemon)).hasMessageContaining("move it away");
        assertThat(place()).hasContent("a file of the user");

        Path link = Files.createSymbolicLink(folder.resolve("link.tcp"), place());
        assertThatThrownBy(() -> ControlServer.start(link, daemon)).hasMessageContaining("move it away");
        assertThat(link).isSymbolicLink();

        // A daemon that was killed while it wrote the file has left an empty one.
        Path empty = Files.createFile(folder.resolve("empty.tcp"));
        try (ControlServer server = ControlServer.start(empty, daemon)) {
            assertThat(server).isNotNull();
            assertThat(TestDaemon.watched(empty)).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx"})
    void a_token_that_others_can_read_or_write_is_not_used(String mode) throws IOException {
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString(mode));
            assertThat(SocketLocation.isSafe(place())).isFalse();
            assertThat(TokenFile.read(place(), RIGHTS)).isEmpty();
            assertThat(TestDaemon.watched(place())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"port\":1}",
                "{\"port\":0,\"token\":\"T\",\"proof\":\"T\"}",
                "{\"port\":65536,\"token\":\"T\",\"proof\":\"T\"}",
                "{\"port\":4294967376,\"token\":\"T\",\"proof\":\"T\"}",
                "{\"port\":80,\"token\":\"short\",\"proof\":\"T\"}",
                "{\"port\":80,\"token\":\"T\\n\",\"proof\":\"T\"}",
                "{\"port\":80,\"token\":\"T\",\"proof\":7}"
            })
    void a_damaged_token_file_leads_nowhere(String text) throws IOException {
        Files.createFile(place(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(place(), text.replace("T", "a".repeat(64)));
        assertThat(TokenFile.read(place(), RIGHTS)).isEmpty();
        Files.writeString(place(), " ".repeat(5_000_000));
        assertThat(TokenFile.read(place(), RIGHTS)).isEmpty();
        Files.delete(place());
        new TokenFile(80, "a".repeat(64), "b".repeat(64)).write(place(), RIGHTS);
        assertThat(token()).isEqualTo(new TokenFile(80, "a".repeat(64), "b".repeat(64)));
    }

    @Test
    void a_link_to_a_token_and_a_folder_are_no_token_files() throws IOException {
        try (ControlServer server = ControlServer.start(place(), daemon)) {
            assertThat(server).isNotNull();
            Path link = Files.createSymbolicLink(folder.resolve("link.tcp"), place());
            assertThat(SocketLocation.isSafe(link)).isFalse();
            assertThat(TokenFile.read(link, RIGHTS)).isEmpty();
            Path directory = Files.createDirectory(folder.resolve("folder.tcp"));
            assertThat(SocketLocation.isSafe(directory)).isFalse();
        }
    }

    /** A state folder of the user's own can be anywhere, and a path of Windows has 260 characters at most. */
    @Test
    void the_token_file_is_found_by_a_long_path() throws IOException {
        Path state = Files.createDirectories(folder.resolve("a".repeat(120)).resolve("ü".repeat(120)));
        Path place = SocketLocation.forDaemon(Map.of("AJAR_CONTROL", "tcp"), state);
        SocketLocation.announce(state, place);
        assertThat(SocketLocation.of(state)).isEqualTo(place).hasFileName("control.tcp");
    }
}
