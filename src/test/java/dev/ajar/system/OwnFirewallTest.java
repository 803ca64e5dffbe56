package dev.ajar.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which failures of a first packet are this machine's own firewall, in whatever language the C library tells them. */
class OwnFirewallTest {
    @Test
    void what_the_kernel_forbids_although_it_has_a_route_is_kept_in() {
        for (IOException forbidden : List.of(
                new SocketException("Operation not permitted"),
                new SocketException("İşleme izin verilmedi"),
                new IOException("Die Operation ist nicht erlaubt"),
                new BindException("Permission denied"))) {
            assertThat(OwnFirewall.keepsIn(forbidden, () -> true)).isTrue();
            assertThat(OwnFirewall.keepsIn(forbidden, () -> false)).isFalse();
        }
    }

    @Test
    void a_refusal_by_the_other_side_is_not() {
        for (IOException other : List.of(
                new PortUnreachableException(),
                new NoRouteToHostException(),
                new ConnectException("Connection refused"))) {
            assertThat(OwnFirewall.keepsIn(other, () -> true)).isFalse();
        }
    }

    @Test
    void the_kernel_is_asked_for_its_route() {
        SocketException forbidden = new SocketException("?");
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        assertThat(OwnFirewall.keepsIn(forbidden, InetAddress.getLoopbackAddress(), here))
                .isTrue();
        // The socket's own address is gone: that is no rule.
        assertThat(OwnFirewall.keepsIn(forbidden, Samples.ip("192.0.2.77"), here))
                .isFalse();
    }

    /** Over IPv6 what a router's firewall refuses comes as EACCES, too. */
    @Test
    void a_refusal_over_ipv6_may_be_the_routers() {
        InetAddress own = Addresses.parse("::1").orElseThrow();
        BindException denied = new BindException("Permission denied");

        assertThat(OwnFirewall.keepsIn(denied, own, new InetSocketAddress(own, 9)))
                .isFalse();
        assertThat(OwnFirewall.keepsIn(
                        denied,
                        InetAddress.getLoopbackAddress(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)))
                .isTrue();
    }
}
