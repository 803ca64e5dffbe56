package dev.ajar.relay.worker;

import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says when a device does not answer, and when it does again: the clients learn nothing, and the user would not either.
 */
final class DeviceWatch {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Whether a device accepts connections. */
    enum Answer {
        ACCEPTS,
        REFUSES,
        SILENT
    }

    /** Tries a device, which may take some seconds. */
    @FunctionalInterface
    interface Probe {
        Answer of(Endpoint device);
    }

    private final Probe probe;
    private final Map<Endpoint, Answer> known = new HashMap<>();

    DeviceWatch(Probe probe) {
        this.probe = probe;
    }

    /** Connects to the device, and closes at once. */
    static Answer connect(Endpoint device) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(device.address(), device.port().number()), (int) PATIENCE.toMillis());
            return Answer.ACCEPTS;
        } catch (ConnectException e) {
            return Answer.REFUSES;
        } catch (IOException e) {
            return Answer.SILENT;
        }
    }

    /**
     * Tries devices.
     *
     * @param devices those with a TCP rule; others are forgotten
     * @param all also those that accepted last time
     * @return what has changed, for people
     */
    synchronized List<Message> look(List<Endpoint> devices, boolean all) {
        known.keySet().retainAll(devices);
        List<Message> lines = new ArrayList<>();
        for (Endpoint device : devices) {
            Optional<Answer> before = Optional.ofNullable(known.get(device));
            if (!all && before.equals(Optional.of(Answer.ACCEPTS))) {
                continue;
            }
            Answer now = probe.of(device);
            known.put(device, now);
            if (!before.equals(Optional.of(now)) && (before.isPresent() || now != Answer.ACCEPTS)) {
                lines.add(words(device, now));
            }
        }
        return lines;
    }

    private static Message words(Endpoint device, Answer answer) {
        String address = device.address().getHostAddress();
        return switch (answer) {
            case ACCEPTS -> Message.of("relaying.device.accepts", "address", address, "port", device.port());
            case REFUSES -> Message.of("relaying.device.refuses", "address", address, "port", device.port());
            case SILENT -> Message.of("relaying.device.silent", "address", address, "port", device.port());
        };
    }
}
