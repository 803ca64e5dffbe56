package dev.ajar.gateway.upnp.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.model.Addresses;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Reachability;
import dev.ajar.model.TransportProtocol;
import dev.ajar.testing.MeasurementLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Invalid or too large numbers and addresses are clamped or left out, and never taken for valid ones. */
class HostileNumbersTest {
    private static final List<String> NO_PORTS =
            List.of("0", "65536", "-1", "99999999999", "1e3", "0x50", "\u0663\u0663", "", "80 81");
    private static final List<String> NO_LEASES =
            List.of("-1", "1e9", "99999999999", "\u0663", "", "0x10", "forever", "3600 s");
    private static final List<String> NO_ADDRESSES =
            List.of("", "0.0.0.0.0", "256.1.1.1", "1.2.3", "(null)", "::1", "router", "01.2.3.4");
    private static final List<String> UNREACHABLE = List.of(
            "127.0.0.1",
            "10.0.0.1",
            "192.168.1.1",
            "172.31.255.255",
            "100.64.0.1",
            "169.254.1.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.2");

    private static XmlNode entry(String port, String lease) {
        return new XmlNode(
                "Response",
                "",
                List.of(
                        new XmlNode("NewInternalPort", port, List.of()),
                        new XmlNode("NewInternalClient", "192.168.77.10", List.of()),
                        new XmlNode("NewLeaseDuration", lease, List.of())));
    }

    private static Optional<ObservedMapping> read(String port, String lease) {
        return MappingFields.specific(entry(port, lease), TransportProtocol.TCP, new Port(25565), "")
                .whole();
    }

    @Test
    void h13_invalid_numbers_are_ignored() {
        for (String port : NO_PORTS) {
            assertThat(MappingFields.port(port)).as(port).isEmpty();
            assertThat(read(port, "60")).as(port).isEmpty();
        }
        for (String lease : NO_LEASES) {
            assertThat(read("80", lease).orElseThrow().lease()).as(lease).isEmpty();
        }
        assertThat(read("80", "4294967295").orElseThrow().lease()).contains(LeaseDuration.PERMANENT);
        assertThat(read("80", "0").orElseThrow().lease()).contains(LeaseDuration.PERMANENT);
        for (String address : NO_ADDRESSES) {
            assertThat(Addresses.ipv4(address)).as(address).isEmpty();
        }
        for (String address : UNREACHABLE) {
            assertThat(Reachability.of(Addresses.ipv4(address))).as(address).isNotEqualTo(Reachability.PUBLIC);
        }
        int tried = NO_PORTS.size() + NO_LEASES.size() + NO_ADDRESSES.size() + UNREACHABLE.size() + 2;
        MeasurementLog.record("H13", tried + " hostile numbers and addresses: 0 taken for good");
    }
}
