package dev.ajar.state.file;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.Pinhole;
import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which records serve which desired mappings, with several routers, both IP versions and shared pinholes. */
class SnapshotTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final InetAddress OTHER = ip("192.168.77.2");
    private static final InetAddress FIREWALL = Addresses.ipv6("fe80::1").orElseThrow();
    private static final InetAddress HERE_TOO = Addresses.ipv6("2001:db8::10").orElseThrow();

    private static DesiredMapping desired(Mapping mapping, GatewaySelector selection) {
        return new DesiredMapping(mapping, selection, new Owner.User(), NOW, Optional.empty());
    }

    private static GatewaySelector at(InetAddress gateway) {
        return new GatewaySelector(GatewaySelector.AUTO.protocols(), Optional.of(gateway), Optional.empty());
    }

    private static MappingRecord on(InetAddress gateway, InetAddress here, Mapping mapping) {
        return MappingRecord.claimed(new Claim(
                mapping,
                new GatewayId(PxpProtocols.PCP, gateway),
                new Endpoint(here, mapping.target().port()),
                Samples.pcpHandle("000102030405060708090a0b"),
                NOW));
    }

    private static Mapping outside(int external, int internal) {
        return tcp(external).to(new Target.ThisHost(new Port(internal)));
    }

    @Test
    void a_desired_mapping_without_a_gateway_is_not_served_by_the_gateway_another_one_names() {
        DesiredMapping anywhere = desired(tcp(6881), GatewaySelector.AUTO);
        DesiredMapping there = desired(tcp(6881), at(OTHER));
        MappingRecord home = on(GATEWAY, HERE, tcp(6881));
        MappingRecord away = on(OTHER, HERE, tcp(6881));
        Snapshot snapshot = Snapshot.EMPTY.with(anywhere).with(there).with(home).with(away);

        assertThat(snapshot.serves(anywhere, home)).isTrue();
        assertThat(snapshot.serves(anywhere, away)).isFalse();
        assertThat(snapshot.serves(there, away)).isTrue();
        assertThat(Snapshot.EMPTY.with(anywhere).serves(anywhere, away)).isTrue();
    }

    @Test
    void a_pinhole_is_found_by_its_requested_port_and_by_its_own() {
        MappingRecord pinhole = on(FIREWALL, HERE_TOO, outside(8443, 443));
        Snapshot snapshot = Snapshot.EMPTY.with(pinhole);

        assertThat(snapshot.on(tcp(1).protocol(), new Port(8443))).containsExactly(pinhole);
        assertThat(snapshot.on(tcp(1).protocol(), new Port(443))).containsExactly(pinhole);
        assertThat(snapshot.on(tcp(1).protocol(), new Port(8444))).isEmpty();
    }

    /** A firewall translates no ports, so both lead to the same pinhole. */
    @Test
    void two_desired_mappings_share_a_pinhole() {
        DesiredMapping plain = desired(tcp(443), GatewaySelector.AUTO.overIpv6());
        DesiredMapping named = desired(outside(8443, 443), GatewaySelector.AUTO.overIpv6());
        MappingRecord pinhole = on(FIREWALL, HERE_TOO, outside(8443, 443));
        Snapshot snapshot = Snapshot.EMPTY.with(plain).with(named).with(pinhole);

        assertThat(snapshot.serves(plain, pinhole)).isTrue();
        assertThat(snapshot.without(named).isWanted(pinhole)).isTrue();
        assertThat(snapshot.without(named).without(plain).isWanted(pinhole)).isFalse();
    }

    @Test
    void a_pinhole_does_not_serve_an_ipv4_mapping() {
        MappingRecord pinhole = on(FIREWALL, HERE_TOO, tcp(443));

        assertThat(desired(tcp(443), GatewaySelector.AUTO).isServedBy(pinhole.claim()))
                .isFalse();
        assertThat(desired(tcp(443), GatewaySelector.AUTO.overIpv6()).isServedBy(pinhole.claim()))
                .isTrue();
    }

    @Test
    void limiting_the_sources_over_ipv4_ends_an_unlimited_mapping_over_ipv6() {
        DesiredMapping wide = desired(tcp(8554), GatewaySelector.AUTO.overIpv6());
        MappingRecord pinhole = on(FIREWALL, HERE_TOO, tcp(8554));
        DesiredMapping narrow = desired(tcp(8554).from(Subnet.parse("203.0.113.7")), GatewaySelector.AUTO);
        Snapshot snapshot = Snapshot.EMPTY.with(wide).with(pinhole).with(narrow).narrowedBy(narrow);

        assertThat(snapshot.desiredMappings()).containsExactly(narrow);
        assertThat(snapshot.mappingRecords()).allMatch(MappingRecord::leaving);
    }

    @Test
    void an_entry_for_one_source_is_separate_from_one_for_any_source() {
        Mapping some = tcp(8554).from(Subnet.parse("203.0.113.7"));
        Claim all = new Claim(
                tcp(8554),
                new GatewayId(UpnpProtocol.UPNP, GATEWAY),
                new Endpoint(HERE, new Port(8554)),
                new UpnpEntry(java.net.URI.create("http://x/"), ""),
                NOW);
        Snapshot snapshot =
                Snapshot.EMPTY.with(MappingRecord.claimed(all)).with(MappingRecord.claimed(all.from(some.remote())));

        assertThat(snapshot.mappingRecords()).hasSize(2);
    }

    @Test
    void a_written_snapshot_reads_back_unchanged() {
        Mapping far = tcp(25565).to(new Target.InnerRouter(ip("192.168.0.7"), new Port(25565)));
        Claim pinhole = new Claim(
                outside(8443, 443).from(Subnet.parse("2001:db8:5::/48")),
                new GatewayId(UpnpProtocol.UPNP, FIREWALL, "02:00:00:00:00:01"),
                new Endpoint(HERE_TOO, new Port(443)),
                new Pinhole(java.net.URI.create("http://[fe80::1]:5000/d.xml")),
                NOW);
        Snapshot snapshot = Snapshot.EMPTY
                .with(desired(far, at(OTHER)))
                .with(desired(pinhole.mapping(), GatewaySelector.AUTO.overIpv6()))
                .with(MappingRecord.claimed(pinhole))
                .with(MappingRecord.claimed(pinhole.from(Optional.empty())))
                .with(on(OTHER, ip("192.168.0.7"), far));

        assertThat(StateFile.read(StateFile.write(snapshot, Envelope.CURRENT, Samples.PROTOCOLS), Samples.PROTOCOLS))
                .isEqualTo(new StateFile.Content.Good(snapshot, Envelope.CURRENT));
    }
}
