package dev.ajar.lan;

import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The names that devices of the home network tell themselves: by multicast DNS, else in another way. They are asked
 * when a page wants to know, a minute apart at least, on the network of the home router only, and only for addresses
 * that this machine has talked to. Thread-safe.
 */
public final class DeviceNames {
    private static final InetSocketAddress GROUP =
            new InetSocketAddress(Addresses.ipv4("224.0.0.251").orElseThrow(), 5353);

    private static final Duration APART = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int MOST = 256;

    /** Of a name, in characters. */
    public static final int LONGEST = 60;

    /** Questions in a packet that fits everywhere. */
    private static final int AT_ONCE = 16;

    private final DatagramPorts ports;
    private final Timeline timeline;
    private final Executor executor;
    private final NameSource others;
    private final Map<InetAddress, String> names = new ConcurrentHashMap<>();

    /** What told no name when it was last asked; of the one exchange at a time. */
    private final Set<InetAddress> silent = ConcurrentHashMap.newKeySet();

    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Optional<Duration> askedAt = Optional.empty();

    /**
     * @param others asks those that tell no name by multicast DNS
     * @param executor runs what waits for the answers
     */
    public DeviceNames(DatagramPorts ports, Timeline timeline, NameSource others, Executor executor) {
        this.ports = ports;
        this.timeline = timeline;
        this.others = others;
        this.executor = executor;
    }

    /** Empty as long as it has told none. */
    public Optional<String> of(InetAddress device) {
        return Optional.ofNullable(names.get(device));
    }

    /** Whether answers may still come. */
    public boolean isAsking() {
        return asking.get();
    }

    /**
     * Asks them, unless that was done lately. A name is forgotten when its address stays silent twice: the router may
     * have given it to another device.
     *
     * @param homes the networks of home routers, each with the devices on it
     */
    public void ask(Map<LocalRoute, ? extends Collection<? extends InetAddress>> homes) {
        Duration now = timeline.uptime();
        boolean lately =
                askedAt.filter(at -> now.minus(at).compareTo(APART) < 0).isPresent();
        Map<LocalRoute, List<Inet4Address>> there = new LinkedHashMap<>();
        homes.forEach((home, devices) -> {
            List<Inet4Address> reached = reached(home, devices);
            if (!reached.isEmpty()) {
                there.put(home, reached);
            }
        });
        if (lately || there.isEmpty() || !asking.compareAndSet(false, true)) {
            return;
        }
        askedAt = Optional.of(now);
        executor.execute(() -> {
            try {
                there.forEach(this::exchange);
            } finally {
                asking.set(false);
            }
        });
    }

    private static List<Inet4Address> reached(LocalRoute home, Collection<? extends InetAddress> devices) {
        return devices.stream()
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .filter(home::reaches)
                .limit(MOST)
                .toList();
    }

    private void exchange(LocalRoute home, List<Inet4Address> devices) {
        if (!(ports.searching(home) instanceof Result.Ok<DatagramPort>(DatagramPort port))) {
            return;
        }
        Set<Inet4Address> heard = new HashSet<>();
        try (port) {
            for (int from = 0; from < devices.size(); from += AT_ONCE) {
                port.send(NamePackets.question(devices.subList(from, Math.min(devices.size(), from + AT_ONCE))), GROUP);
            }
            listen(port, devices, heard);
        }
        List<Inet4Address> nameless =
                devices.stream().filter(device -> !heard.contains(device)).toList();
        others.of(home, nameless).forEach((device, name) -> {
            names.put(device, name);
            heard.add(device);
        });
        for (Inet4Address device : devices) {
            if (heard.contains(device)) {
                silent.remove(device);
            } else if (!silent.add(device)) {
                names.remove(device);
            }
        }
    }

    private void listen(DatagramPort port, List<Inet4Address> devices, Set<Inet4Address> heard) {
        Duration until = timeline.uptime().plus(PATIENCE);
        for (Duration left = PATIENCE; left.isPositive(); left = until.minus(timeline.uptime())) {
            switch (port.receive(left)) {
                case ReceiveResult.Packet(InetSocketAddress sender, byte[] bytes) ->
                    hear(devices, sender, bytes, heard);
                case ReceiveResult.Silence ignored -> {
                    return;
                }
                case ReceiveResult.Interrupted ignored -> {
                    return;
                }
                case ReceiveResult.Unreachable ignored -> {}
            }
        }
    }

    private void hear(List<Inet4Address> devices, InetSocketAddress sender, byte[] packet, Set<Inet4Address> heard) {
        if (sender.getAddress() instanceof Inet4Address device && devices.contains(device)) {
            NamePackets.name(packet, device).ifPresent(name -> {
                names.put(device, name);
                heard.add(device);
            });
        }
    }
}
