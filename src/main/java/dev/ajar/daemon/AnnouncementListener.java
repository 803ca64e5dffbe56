package dev.ajar.daemon;

import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.ReceiveResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Listens for routers that announce a restart or another address: NAT-PMP and PCP on 224.0.0.1 port 5350 (RFC 6886
 * section 3.2.1, RFC 6887 section 14.1.3), SSDP on 239.255.255.250 port 1900. Only announcements of the default gateway
 * count. Their content is not trusted: the keeper asks the gateway.
 */
final class AnnouncementListener implements AutoCloseable {
    private static final InetSocketAddress PXP_GROUP = group("224.0.0.1", 5350);
    private static final InetSocketAddress SSDP_GROUP = group("239.255.255.250", 1900);

    /** How often the network is checked for changes. */
    private static final Duration NETWORK_CHECK = Duration.ofSeconds(15);

    private final DatagramPorts ports;
    private final NetworkView network;
    private final Consumer<InetAddress> handler;
    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;

    private AnnouncementListener(DatagramPorts ports, NetworkView network, Consumer<InetAddress> handler) {
        this.ports = ports;
        this.network = network;
        this.handler = handler;
        this.thread = Thread.ofPlatform().daemon().name("announcements").unstarted(this::listen);
    }

    /** @param handler receives the address of a gateway that announced something, on the listener's thread */
    static AnnouncementListener start(DatagramPorts ports, NetworkView network, Consumer<InetAddress> handler) {
        AnnouncementListener listener = new AnnouncementListener(ports, network, handler);
        listener.thread.start();
        return listener;
    }

    private static InetSocketAddress group(String address, int port) {
        return new InetSocketAddress(Addresses.ipv4(address).orElseThrow(), port);
    }

    private Optional<LocalRoute> home() {
        List<LocalRoute> routes = network.routes();
        // A tunnel may have taken the default route; the home network is then the first of the others.
        return routes.stream()
                .filter(route -> route.gateway().isPresent())
                .findFirst()
                .or(() -> routes.stream().findFirst());
    }

    private void listen() {
        while (!closed) {
            Optional<LocalRoute> route = home();
            if (route.isPresent()
                    && ports.searching(route.get()) instanceof Result.Ok<DatagramPort>(DatagramPort port)) {
                try (port) {
                    port.alsoHear(PXP_GROUP);
                    port.alsoHear(SSDP_GROUP);
                    listen(port, route.get());
                }
            } else {
                pause();
            }
        }
    }

    private void pause() {
        try {
            closed |= ended.await(NETWORK_CHECK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void listen(DatagramPort port, LocalRoute route) {
        while (!closed && home().equals(Optional.of(route))) {
            boolean interrupted = false;
            for (int i = 0; i < 100 && !interrupted; i++) {
                switch (port.receive(NETWORK_CHECK)) {
                    case ReceiveResult.Packet packet -> {
                        InetAddress sender = packet.sender().getAddress();
                        if (mayBeGateway(route, sender) && isAnnouncement(packet.bytes())) {
                            handler.accept(sender);
                        }
                    }
                    case ReceiveResult.Silence ignored -> i = 100;
                    case ReceiveResult.Unreachable ignored -> i = 100;
                    case ReceiveResult.Interrupted ignored -> {
                        interrupted = true;
                        closed = true;
                    }
                }
            }
        }
    }

    /** The keeper ignores gateways it has no mapping on. */
    private static boolean mayBeGateway(LocalRoute route, InetAddress sender) {
        return route.gateway().map(sender::equals).orElse(route.reaches(sender));
    }

    private static boolean isAnnouncement(byte[] packet) {
        boolean natPmp = packet.length >= 8 && packet[0] == 0 && (packet[1] & 0xFF) == 128;
        boolean pcp = packet.length >= 24 && packet[0] == 2 && (packet[1] & 0xFF) == 0x80;
        return natPmp || pcp || isNotify(packet);
    }

    private static boolean isNotify(byte[] packet) {
        String start = new String(packet, 0, Math.min(packet.length, 512), StandardCharsets.ISO_8859_1)
                .toUpperCase(Locale.ROOT);
        return start.startsWith("NOTIFY ")
                && (start.contains("INTERNETGATEWAYDEVICE")
                        || start.contains("ROOTDEVICE")
                        || start.contains("WANIPCONNECTION")
                        || start.contains("WANPPPCONNECTION"));
    }

    @Override
    public void close() {
        closed = true;
        ended.countDown();
        thread.interrupt();
        try {
            thread.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
