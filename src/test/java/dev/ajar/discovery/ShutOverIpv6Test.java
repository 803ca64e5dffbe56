package dev.ajar.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.NetworkView;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.Machine;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether this machine itself lets nothing out over IPv6 is what its kernel says of the way to the internet. */
class ShutOverIpv6Test {
    private static final InetAddress OWN = Addresses.parse("2001:db8::20").orElseThrow();

    private static Optional<InetAddress> shut(KernelRoute way) {
        Machine none = Machine.UNKNOWN;
        Machine machine = new Machine(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(OWN, way),
                Map.of(),
                Map.of(),
                Machine.Depth.ASKED);
        NetworkView network = new NetworkView() {
            @Override
            public List<LocalRoute> routes() {
                return List.of();
            }

            @Override
            public Optional<LocalRoute> towards(InetAddress destination) {
                return Optional.empty();
            }

            @Override
            public List<LocalRoute> ipv6Routes() {
                return List.of(new LocalRoute("eth0", OWN, 64, Addresses.parse("fe80::1")));
            }

            @Override
            public Machine machine(IpVersion answers) {
                return answers == IpVersion.IPV6 ? machine : none;
            }
        };
        return new Discovery(network, List.of()).shutOverIpv6();
    }

    @Test
    void only_a_way_that_the_kernel_refuses_is_one() {
        assertThat(shut(new KernelRoute.Unreachable())).contains(OWN);
        assertThat(shut(new KernelRoute.CannotBeTold())).isEmpty();
    }
}
