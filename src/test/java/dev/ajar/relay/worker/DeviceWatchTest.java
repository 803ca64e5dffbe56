package dev.ajar.relay.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whether the user learns that a device does not answer. */
class DeviceWatchTest {
    private static final Endpoint CAMERA =
            new Endpoint(Addresses.ipv4("192.168.77.99").orElseThrow(), new Port(554));

    private final AtomicReference<DeviceWatch.Answer> answer = new AtomicReference<>(DeviceWatch.Answer.SILENT);
    private final List<Endpoint> asked = new ArrayList<>();
    private final DeviceWatch watch = new DeviceWatch(device -> {
        asked.add(device);
        return answer.get();
    });

    private List<String> look(boolean all) {
        return watch.look(List.of(CAMERA), all).stream().map(Message::toString).toList();
    }

    @Test
    void a_silent_device_is_said_once_and_its_return_too() {
        assertThat(look(true)).hasSize(1).allMatch(line -> line.contains("192.168.77.99 does not answer on port 554"));
        assertThat(look(false)).isEmpty();
        answer.set(DeviceWatch.Answer.ACCEPTS);
        assertThat(look(false)).containsExactly("192.168.77.99 answers on port 554 again");
    }

    @Test
    void a_device_that_accepts_needs_no_words_and_is_tried_seldom() {
        answer.set(DeviceWatch.Answer.ACCEPTS);
        assertThat(look(true)).isEmpty();
        assertThat(look(false)).isEmpty();
        assertThat(asked).hasSize(1);
        answer.set(DeviceWatch.Answer.REFUSES);
        assertThat(look(true)).hasSize(1).allMatch(line -> line.contains("no program answers on port 554"));
    }

    @Test
    void a_closed_port_refuses_and_an_open_one_accepts() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        int port;
        try (ServerSocket server = new ServerSocket(0, 5, here)) {
            port = server.getLocalPort();
            assertThat(DeviceWatch.connect(new Endpoint(here, new Port(port)))).isEqualTo(DeviceWatch.Answer.ACCEPTS);
        }
        assertThat(DeviceWatch.connect(new Endpoint(here, new Port(port)))).isEqualTo(DeviceWatch.Answer.REFUSES);
    }
}
