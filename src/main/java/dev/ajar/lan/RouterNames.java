package dev.ajar.lan;

import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.Timeline;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.ReceiveResult;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The names by which the router itself knows its devices: most routers answer for those to which they have given
 * addresses by DHCP (RFC 1035, section 3.5). The question asks for no recursion, so that it goes no further than the
 * router. What it answers is not trusted.
 */
public final class RouterNames implements NameSource {
    private static final int DNS = 53;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MOST = 64;
    private static final int NUMBERS = 1 << 16;

    private final DatagramPorts ports;
    private final Timeline timeline;
    private final RandomGenerator random;

    /** @param random chooses the numbers of questions */
    public RouterNames(DatagramPorts ports, Timeline timeline, RandomGenerator random) {
        this.ports = ports;
        this.timeline = timeline;
        this.random = random;
    }

    @Override
    public Map<Inet4Address, String> of(LocalRoute home, Collection<Inet4Address> devices) {
        return home.gateway()
                .filter(router -> !devices.isEmpty())
                .map(router -> asked(home, router, devices.stream().limit(MOST).toList()))
                .orElse(Map.of());
    }

    private Map<Inet4Address, String> asked(LocalRoute home, InetAddress router, List<Inet4Address> devices) {
        InetSocketAddress server = new InetSocketAddress(router, DNS);
        if (!(ports.connected(home, server) instanceof Result.Ok<DatagramPort>(DatagramPort port))) {
            return Map.of();
        }
        try (port) {
            Map<Integer, Inet4Address> open = new LinkedHashMap<>();
            int number = random.nextInt(NUMBERS);
            for (Inet4Address device : devices) {
                number = (number + 1) % NUMBERS;
                open.put(number, device);
                port.send(NamePackets.routerQuestion(number, device), server);
            }
            return answers(port, server, open);
        }
    }

    private Map<Inet4Address, String> answers(
            DatagramPort port, InetSocketAddress server, Map<Integer, Inet4Address> open) {
        Map<Inet4Address, String> names = new HashMap<>();
        Deadline end = Deadline.after(timeline, PATIENCE);
        while (!open.isEmpty() && !end.hasPassed()) {
            switch (port.receive(end.remaining())) {
                case ReceiveResult.Packet(InetSocketAddress sender, byte[] packet) -> {
                    if (sender.equals(server)) {
                        Optional.ofNullable(open.remove(NamePackets.number(packet)))
                                .ifPresent(device -> NamePackets.hostName(packet, device)
                                        .ifPresent(name -> names.put(device, name)));
                    }
                }
                // No server listens there, or this machine keeps the question in: none will be answered.
                case ReceiveResult.Unreachable ignored -> open.clear();
                case ReceiveResult.Silence ignored -> open.clear();
                case ReceiveResult.Interrupted ignored -> open.clear();
            }
        }
        return names;
    }
}
