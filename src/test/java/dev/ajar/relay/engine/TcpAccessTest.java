package dev.ajar.relay.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ajar.model.Subnet;
import dev.ajar.relay.Refusal;
import dev.ajar.relay.RelayRule;
import dev.ajar.testing.FreePort;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Which connections are made: L12, the list of allowed sources, and the address that the device is told. */
class TcpAccessTest {
    /** The reset may arrive before connect has returned. */
    private static void assertReset(RelayRig rig, String from) {
        assertThatThrownBy(() -> {
                    try (Socket client = rig.client(from)) {
                        RelayRig.readToEnd(client);
                    }
                })
                .isInstanceOf(SocketException.class);
    }

    @OnEveryKind
    void a_refusing_device_causes_a_reset_and_is_reached_once_it_is_back(boolean epoll) throws Exception {
        int port = FreePort.tcp();
        try (RelayRig rig = RelayRig.tcp(epoll, port)) {
            assertReset(rig, "127.0.0.1");
            assertThat(rig.status().refused()).containsEntry(Refusal.DEVICE_REFUSED, 1L);

            try (Device device =
                            Device.at(port, socket -> socket.getOutputStream().write(4));
                    Socket client = rig.client()) {
                assertThat(device.port()).isEqualTo(port);
                assertThat(client.getInputStream().readAllBytes()).containsExactly(4);
            }
        }
    }

    /** A listener with a full queue drops further connections (Linux), as a device that hangs does. */
    @OnEveryKind
    void a_device_that_does_not_answer_is_given_up(boolean epoll) throws Exception {
        List<Socket> fill = new ArrayList<>();
        try (ServerSocket hanging = new ServerSocket(0, 1, RelayRig.LOOPBACK);
                RelayRig patient = RelayRig.tcp(
                        epoll, hanging.getLocalPort(), RelayRig.with(RelayRig.times(60_000, 60_000, 60_000, 60_000)));
                RelayRig rig = RelayRig.tcp(
                        epoll, hanging.getLocalPort(), RelayRig.with(RelayRig.times(60_000, 800, 60_000, 60_000)))) {
            for (int i = 0; i < 2; i++) {
                fill.add(new Socket(RelayRig.LOOPBACK, hanging.getLocalPort()));
            }
            try (Socket stillWaiting = patient.client()) {
                assertReset(rig, "127.0.0.1");
                assertThat(rig.status().refused()).containsEntry(Refusal.DEVICE_SILENT, 1L);
                // Only the connect limit ends the connection.
                assertThat(patient.status().now()).isEqualTo(1);
                assertThat(stillWaiting.isConnected()).isTrue();
            }
        } finally {
            for (Socket socket : fill) {
                socket.close();
            }
        }
    }

    @OnEveryKind
    void only_sources_on_the_list_are_admitted(boolean epoll) throws Exception {
        List<Subnet> allow = List.of(Subnet.parse("127.0.7.0/24").orElseThrow());
        try (Device device = Device.echo();
                RelayRig rig = RelayRig.tcp(epoll, device.port(), rule -> allowing(rule, allow));
                Socket allowed = rig.client("127.0.7.9")) {
            allowed.getOutputStream().write(1);
            assertThat(allowed.getInputStream().read()).isEqualTo(1);

            assertReset(rig, "127.0.8.9");
            assertThat(rig.status().refused()).containsEntry(Refusal.NOT_ALLOWED, 1L);

            rig.server.apply(List.of(
                    allowing(rig.rule(), List.of(Subnet.parse("127.0.9.0/24").orElseThrow()))));
            assertThatThrownBy(() -> RelayRig.readToEnd(allowed)).isInstanceOf(SocketException.class);
        }
    }

    @OnEveryKind
    void the_device_is_told_the_clients_address(boolean epoll) throws Exception {
        CompletableFuture<String> got = new CompletableFuture<>();
        try (Device device = Device.with(socket ->
                        got.complete(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)));
                RelayRig rig = RelayRig.tcp(
                        epoll,
                        device.port(),
                        rule -> new RelayRule(
                                rule.protocol(),
                                rule.external(),
                                rule.listen(),
                                rule.device(),
                                rule.allow(),
                                rule.limits(),
                                Optional.of(RelayRule.ProxyHeader.V1)));
                Socket client = rig.client("127.0.3.4")) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();

            assertThat(got.get(5, TimeUnit.SECONDS))
                    .isEqualTo("PROXY TCP4 127.0.3.4 127.0.0.1 %d %d\r\nhello"
                            .formatted(client.getLocalPort(), rig.port()));
        }
    }

    private static RelayRule allowing(RelayRule rule, List<Subnet> allow) {
        return new RelayRule(
                rule.protocol(), rule.external(), rule.listen(), rule.device(), allow, rule.limits(), rule.proxy());
    }
}
