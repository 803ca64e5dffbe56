package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links of kinds that a namespace cannot have, as {@code /sys} shows them; their names say nothing. */
class LinkReaderTest {
    /** One interface. */
    private record Sys(String name, String type, String flags, String more, String entries) implements LinuxKernel {
        @Override
        public Optional<String> file(String path) {
            return switch (path.substring(path.lastIndexOf('/') + 1)) {
                case "type" -> Optional.of(type + "\n");
                case "flags" -> Optional.of(flags + "\n");
                case "ifindex" -> Optional.of("4\n");
                case "iflink" -> Optional.of(more.startsWith("iflink ") ? more.substring(7) : "4\n");
                case "uevent" ->
                    Optional.of(more.startsWith("DEVTYPE") ? more + "\nINTERFACE=x\nIFINDEX=4\n" : "IFINDEX=4\n");
                case "tun_flags" -> Optional.of(more.startsWith("tun ") ? more.substring(4) : "");
                default -> Optional.empty();
            };
        }

        @Override
        public List<String> names(String folder) {
            return folder.endsWith("brif") ? List.of("a", "b") : Arrays.asList(entries.split(" ", -1));
        }

        @Override
        public Optional<String> linkTarget(String path) {
            return Optional.of("br0");
        }

        @Override
        public List<Assigned> addresses() {
            return List.of();
        }

        @Override
        public Optional<InetAddress> sourceTowards(InetAddress destination) {
            return Optional.empty();
        }

        @Override
        public Optional<String> ip(String... arguments) {
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tun0, 1, 0x1003, '', device, ETHERNET",
        "eno9, 65534, 0x1091, tun 0x1001, tun_flags, TUNNEL",
        "eth1, 1, 0x1003, tun 0x1002, tun_flags, TUNNEL",
        "vnet0, 1, 0x1003, tun 0x1002, tun_flags master, CONTAINER_END",
        "eth2, 65534, 0x10d1, DEVTYPE=wireguard, statistics, TUNNEL",
        "lan0, 768, 0x91, '', statistics, TUNNEL",
        "lan1, 776, 0x91, '', statistics, TUNNEL",
        "lan2, 778, 0x91, '', statistics, TUNNEL",
        "lan3, 1, 0x1003, DEVTYPE=vxlan, statistics, TUNNEL",
        "lan4, 1, 0x1091, '', statistics, TUNNEL",
        "lan5, 512, 0x10d1, DEVTYPE=ppp, statistics, POINT_TO_POINT",
        "lan6, 519, 0x91, DEVTYPE=wwan, device, POINT_TO_POINT",
        "lan7, 1, 0x1003, DEVTYPE=wwan, device, ETHERNET",
        "docker0, 1, 0x1003, DEVTYPE=wlan, wireless device, WIFI",
        "br-1, 1, 0x1003, DEVTYPE=wlan, phy80211 device, WIFI",
        "x, 1, 0x1003, DEVTYPE=bridge, bridge brif, BRIDGE",
        "x, 1, 0x1003, DEVTYPE=bond, bonding lower_eth0 lower_eth1, BOND",
        "x, 1, 0x1003, DEVTYPE=vlan, lower_eth0, VLAN",
        "x, 1, 0x1003, '', lower_eth0, STACKED",
        "x, 1, 0x10c1, DEVTYPE=vrf, statistics, ROUTING_DOMAIN",
        "x, 1, 0x82, '', statistics, DUMMY",
        "x, 1, 0x1003, iflink 9, statistics, CONTAINER_END",
        "x, 1, 0x3, iflink 9, statistics, TUNNEL",
        "x, 1, 0x1083, iflink 9, statistics, TUNNEL",
        "x, 1, 0x1003, '', statistics, UNKNOWN",
        "x, 772, 0x9, '', statistics, LOOPBACK",
        "x, one, zz, '', statistics, TUNNEL"
    })
    void a_link_is_what_the_kernel_says(
            String name, String type, String flags, String more, String entries, LinkKind kind) {
        assertThat(new LinkReader(new Sys(name, type, flags, more, entries)).read(name))
                .map(Link::kind)
                .contains(kind);
    }

    @Test
    void what_a_bridge_and_a_bond_are_made_of() {
        assertThat(new LinkReader(new Sys("x", "1", "0x1003", "", "bridge brif")).read("x"))
                .map(Link::ports)
                .contains(List.of("a", "b"));
        assertThat(new LinkReader(new Sys("x", "1", "0x1003", "", "bonding lower_e1 lower_e0 master")).read("x"))
                .hasValueSatisfying(bond -> {
                    assertThat(bond.ports()).containsExactly("e0", "e1");
                    assertThat(bond.lower()).isEmpty();
                    assertThat(bond.master()).contains("br0");
                });
    }
}
