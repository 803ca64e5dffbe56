package dev.ajar.system.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.machine.Link;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.MachineSource;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.OwnAddress.Lifetime;
import dev.ajar.system.route.DefaultRoute;
import dev.ajar.system.route.RouteTable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The pictures of Windows and macOS, from what the JDK and the systems' programs tell. */
class OtherPictureTest {
    private static final List<Link> LINKS = List.of(
            link(1, "lo", LinkKind.LOOPBACK), link(12, "eth3", LinkKind.UNKNOWN), link(23, "net7", LinkKind.TUNNEL));

    private static final OwnAddress ON_LINK = own("eth3", "fe80::e0ca:9e76:661f:c4f1");
    private static final OwnAddress LASTING = own("eth3", "2600:db8:77::e0ca:9e76:661f:c4f1");
    private static final OwnAddress TEMPORARY = own("eth3", "2600:db8:77::74:5cd9:163c:69ef");
    private static final OwnAddress IPV4 = own("eth3", "192.168.77.10");

    private final List<IpVersion> asked = new ArrayList<>();

    private static InetAddress ip(String text) {
        return Addresses.parse(text).orElseThrow();
    }

    private static Link link(int index, String name, LinkKind kind) {
        return new Link(index, name, kind, true, true, Optional.empty(), List.of(), List.of());
    }

    private static OwnAddress own(String name, String address) {
        return PlainPicture.own(name, ip(address), address.contains(":") ? 64 : 24);
    }

    private Machine picture(UnaryOperator<List<OwnAddress>> lifetimes, OwnAddress... addresses) {
        RouteTable routes = ipVersion -> {
            asked.add(ipVersion);
            return switch (ipVersion) {
                case IPV4 -> List.of(new DefaultRoute("192.168.77.10", ip("192.168.77.1"), 25));
                case IPV6 -> List.of(new DefaultRoute("12", ip("fe80::1"), 281));
            };
        };
        return new OtherPicture(routes, lifetimes).of(LINKS, List.of(addresses), OtherPictureTest::source);
    }

    /** As Windows does: with its temporary address. */
    private static Optional<InetAddress> source(InetAddress destination) {
        return Optional.of(IpVersion.of(destination) == IpVersion.IPV6 ? TEMPORARY.address() : IPV4.address());
    }

    private static List<LocalRoute> ipv6Routes(Machine machine) {
        MachineSource source = new MachineSource() {
            @Override
            public Machine look() {
                return machine;
            }

            @Override
            public Optional<InetAddress> sourceTowards(InetAddress destination) {
                return source(destination);
            }
        };
        return new SystemNetworkView(source).ipv6Routes();
    }

    @Test
    void a_windows_pc_opens_ports_over_ipv6_to_its_lasting_address() {
        Machine machine = picture(Ipv6Lifetimes::concluded, ON_LINK, TEMPORARY, LASTING, IPV4);

        assertThat(ipv6Routes(machine)).singleElement().satisfies(route -> {
            assertThat(route.interfaceName()).isEqualTo("eth3");
            assertThat(route.localAddress()).isEqualTo(LASTING.address());
            assertThat(route.gateway()).contains(ip("fe80::1"));
        });
    }

    /** Set by hand, or by a DHCP server: it need not end like the address on the link. */
    @Test
    void without_an_address_that_a_router_advertised_all_last() {
        OwnAddress byHand = own("eth3", "2600:db8:77::5");
        OwnAddress elsewhere = own("eth3", "2600:db8:78::6");

        assertThat(Ipv6Lifetimes.concluded(List.of(ON_LINK, byHand, IPV4)))
                .allMatch(own -> own.lifetime() == Lifetime.LASTING);
        assertThat(Ipv6Lifetimes.concluded(List.of(ON_LINK, LASTING, elsewhere)))
                .as("of another network")
                .allMatch(own -> own.lifetime() == Lifetime.LASTING);
        assertThat(Ipv6Lifetimes.concluded(List.of(own("net7", "fe80::e0ca:9e76:661f:c4f1"), LASTING, TEMPORARY)))
                .as("the other link's")
                .allMatch(own -> own.lifetime() == Lifetime.LASTING);
    }

    @Test
    void macos_tells_how_long_its_addresses_last() throws IOException {
        String text = Files.readString(Path.of("test-fixtures/routes/macos-ifconfig.txt"));
        List<OwnAddress> told = Ipv6Lifetimes.told(
                List.of(
                        own("en0", "2600:db8:77::424:837a:870:6095"),
                        own("en0", "2600:db8:77::edf7:1b86:b5fc:9085"),
                        own("en0", "2600:db8:77::1111:1b86:b5fc:9085"),
                        own("en0", "2600:db8:78::424:837a:870:6095"),
                        own("en0", "2600:db8:79::5"),
                        own("en0", "2600:db8:80::5"),
                        IPV4),
                text);

        assertThat(told)
                .extracting(OwnAddress::lifetime)
                .containsExactly(
                        Lifetime.LASTING,
                        Lifetime.TEMPORARY,
                        Lifetime.DEPRECATED,
                        Lifetime.DEPRECATED,
                        Lifetime.UNUSABLE,
                        Lifetime.LASTING,
                        Lifetime.LASTING);
    }

    @Test
    void no_program_is_asked_for_ipv6_where_there_is_none() {
        Machine machine = picture(
                addresses -> {
                    throw new AssertionError("asked");
                },
                ON_LINK,
                IPV4);

        assertThat(asked).containsExactly(IpVersion.IPV4);
        assertThat(ipv6Routes(machine)).isEmpty();
        assertThat(machine.routes())
                .singleElement()
                .satisfies(route -> assertThat(route.interfaceName()).isEqualTo("eth3"));
    }
}
