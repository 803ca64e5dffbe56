package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.ReportedMapping;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@code ajar extend} asks for again. */
class OpenedAgainTest {
    private static final LeaseDuration LEASE = LeaseDuration.ofSeconds(3600);

    private static ReportedMapping open(
            IpVersion version, int requested, int granted, int internal, Optional<Subnet> from) {
        String own = "192.168.1.10";
        return new ReportedMapping(
                TransportProtocol.TCP,
                version,
                new Port(requested),
                new Port(granted),
                new Endpoint(Addresses.ipv4(own).orElseThrow(), new Port(internal)),
                true,
                from,
                Optional.empty(),
                Optional.empty(),
                Optional.of(LEASE),
                Optional.empty(),
                true,
                "ajar",
                ReportedMapping.Status.OPEN,
                Optional.empty());
    }

    /** A pinhole is for the internal port; as an external port of IPv4 it would open that one too. */
    @Test
    void a_port_over_both_versions_is_one_mapping() {
        assertThat(OpenedAgain.of(
                        List.of(
                                open(IpVersion.IPV4, 8443, 8443, 443, Optional.empty()),
                                open(IpVersion.IPV6, 8443, 443, 443, Optional.empty())),
                        LEASE))
                .singleElement()
                .satisfies(one -> assertThat(one.ipVersions()).containsExactlyInAnyOrder(IpVersion.values()))
                .satisfies(one -> assertThat(one.mappings())
                        .singleElement()
                        .satisfies(mapping -> assertThat(mapping.externalPort()).isEqualTo(new Port(8443)))
                        .satisfies(mapping -> assertThat(mapping.portPolicy()).isEqualTo(PortPolicy.EXACT)));
    }

    @Test
    void what_is_open_over_one_version_is_not_opened_over_the_other() {
        Optional<Subnet> one = Subnet.parse("198.51.100.7");
        List<OpenedAgain> requests = OpenedAgain.of(
                List.of(
                        open(IpVersion.IPV4, 8554, 8554, 8554, one),
                        open(IpVersion.IPV6, 8554, 8554, 8554, Optional.empty())),
                LEASE);
        assertThat(requests)
                .extracting(OpenedAgain::ipVersions)
                .containsExactly(Set.of(IpVersion.IPV4), Set.of(IpVersion.IPV6));
        assertThat(requests)
                .flatExtracting(OpenedAgain::mappings)
                .extracting(Mapping::remote)
                .containsExactly(one, Optional.empty());
    }

    @Test
    void another_port_may_be_given_again_only_where_the_first_was_another() {
        assertThat(OpenedAgain.of(
                        List.of(
                                open(IpVersion.IPV4, 25565, 25570, 25565, Optional.empty()),
                                open(IpVersion.IPV6, 25565, 25565, 25565, Optional.empty())),
                        LEASE))
                .singleElement()
                .satisfies(one -> assertThat(one.mappings())
                        .singleElement()
                        .satisfies(mapping -> assertThat(mapping.portPolicy()).isEqualTo(PortPolicy.ANY_FREE)));
    }
}
