package dev.ajar.app;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.capture.LinuxKernel;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kernel of a machine with one network card at home, for {@link Training}: what it records is the same on a builder
 * that has another network, or none.
 */
final class TrainingKernel implements LinuxKernel {
    private static final String CARD = "eth0";
    private static final String LINKS = "/sys/class/net/";
    private static final InetAddress OWN = ipv4("192.168.1.20");

    /** As the kernel writes them: addresses are numbers in its own order of bytes. */
    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("/proc/self/net/route", """
                    Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
                    eth0 00000000 0101A8C0 0003 0 0 100 00000000 0 0 0
                    eth0 0001A8C0 00000000 0001 0 0 100 00FFFFFF 0 0 0
                    """.replace(' ', '\t')),
            Map.entry("/proc/self/net/arp", """
                    IP address       HW type     Flags       HW address            Mask     Device
                    192.168.1.1      0x1         0x2         00:00:5e:00:53:01     *        eth0
                    """),
            Map.entry("/proc/self/net/fib_trie", "Main:\nLocal:\n"),
            Map.entry("/proc/self/net/if_inet6", """
                    fe80000000000000020000fffe000001 02 40 20 80 eth0
                    00000000000000000000000000000001 01 80 10 80 lo
                    """),
            Map.entry("/proc/self/net/ipv6_route", """
                    fe800000000000000000000000000000 40 00000000000000000000000000000000 00 \
                    00000000000000000000000000000000 00000100 00000001 00000000 00000001 eth0
                    """),
            Map.entry(LINKS + CARD + "/type", "1\n"),
            Map.entry(LINKS + CARD + "/flags", "0x1003\n"),
            Map.entry(LINKS + CARD + "/ifindex", "2\n"),
            Map.entry(LINKS + CARD + "/carrier", "1\n"),
            Map.entry(LINKS + "lo/type", "772\n"),
            Map.entry(LINKS + "lo/flags", "0x9\n"),
            Map.entry(LINKS + "lo/ifindex", "1\n"));

    private static InetAddress ipv4(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    @Override
    public Optional<String> file(String path) {
        return Optional.ofNullable(FILES.get(path));
    }

    @Override
    public List<String> names(String folder) {
        return switch (folder) {
            case LINKS -> List.of(CARD, "lo");
            case LINKS + CARD + "/" -> List.of("carrier", "device", "flags", "ifindex", "type");
            case LINKS + "lo/" -> List.of("flags", "ifindex", "type");
            default -> List.of();
        };
    }

    @Override
    public Optional<String> linkTarget(String path) {
        return Optional.empty();
    }

    @Override
    public List<Assigned> addresses() {
        return List.of(new Assigned("lo", ipv4("127.0.0.1"), 8), new Assigned(CARD, OWN, 24));
    }

    @Override
    public Optional<InetAddress> sourceTowards(InetAddress destination) {
        return IpVersion.of(destination) == IpVersion.IPV4 ? Optional.of(OWN) : Optional.empty();
    }

    /** The kernel's files show all there is to ask. */
    @Override
    public Optional<String> ip(String... arguments) {
        return Optional.empty();
    }
}
