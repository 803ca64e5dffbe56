package dev.ajar.state;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.ip;
import static dev.ajar.testing.Samples.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.GatewayId;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.Method;
import dev.ajar.model.Port;
import dev.ajar.model.Selection;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which wish what is open belongs to: several routers, both versions of IP, and wishes that share a hole. */
class SnapshotTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final InetAddress OTHER = ip("192.168.77.2");
    private static final InetAddress FIREWALL = Addresses.ipv6("fe80::1").orElseThrow();
    private static final InetAddress HERE_TOO = Addresses.ipv6("2001:db8::10").orElseThrow();

    private static Wish wish(Mapping mapping, Selection selection) {
        return new Wish(mapping, selection, new Owner.Anybody(), NOW, Optional.empty());
    }

    private static Selection at(InetAddress gateway) {
        return new Selection(Selection.AUTO.methods(), Optional.of(gateway), Optional.empty());
    }

    private static Holding on(InetAddress gateway, InetAddress here, Mapping mapping) {
        return Holding.claimed(new Claim(
                mapping,
                new GatewayId(Method.PCP, gateway),
                new Endpoint(here, mapping.target().port()),
                new LeaseHandle.PcpNonce("000102030405060708090a0b"),
                NOW));
    }

    private static Mapping outside(int external, int internal) {
        return tcp(external).to(new Target.ThisHost(new Port(internal)));
    }

    @Test
    void a_wish_without_a_gateway_does_not_live_on_another_wishs() {
        Wish anywhere = wish(tcp(6881), Selection.AUTO);
        Wish there = wish(tcp(6881), at(OTHER));
        Holding home = on(GATEWAY, HERE, tcp(6881));
        Holding away = on(OTHER, HERE, tcp(6881));
        Snapshot snapshot = Snapshot.EMPTY.with(anywhere).with(there).with(home).with(away);

        assertThat(snapshot.serves(anywhere, home)).isTrue();
        assertThat(snapshot.serves(anywhere, away)).isFalse();
        assertThat(snapshot.serves(there, away)).isTrue();
        assertThat(Snapshot.EMPTY.with(anywhere).serves(anywhere, away)).isTrue();
    }

    @Test
    void over_ipv6_a_port_is_found_by_the_name_it_was_asked_by_and_else_by_its_own() {
        Holding hole = on(FIREWALL, HERE_TOO, outside(8443, 443));
        Snapshot snapshot = Snapshot.EMPTY.with(hole);

        assertThat(snapshot.on(tcp(1).protocol(), new Port(8443))).containsExactly(hole);
        assertThat(snapshot.on(tcp(1).protocol(), new Port(443))).containsExactly(hole);
        assertThat(snapshot.on(tcp(1).protocol(), new Port(8444))).isEmpty();
    }

    /** Nothing is translated, so both lead to the same hole. */
    @Test
    void two_wishes_share_a_hole() {
        Wish plain = wish(tcp(443), Selection.AUTO.overIpv6());
        Wish named = wish(outside(8443, 443), Selection.AUTO.overIpv6());
        Holding hole = on(FIREWALL, HERE_TOO, outside(8443, 443));
        Snapshot snapshot = Snapshot.EMPTY.with(plain).with(named).with(hole);

        assertThat(snapshot.serves(plain, hole)).isTrue();
        assertThat(snapshot.without(named).isWanted(hole)).isTrue();
        assertThat(snapshot.without(named).without(plain).isWanted(hole)).isFalse();
    }

    @Test
    void a_hole_is_nothing_to_a_wish_over_ipv4() {
        Holding hole = on(FIREWALL, HERE_TOO, tcp(443));

        assertThat(wish(tcp(443), Selection.AUTO).isServedBy(hole.claim())).isFalse();
        assertThat(wish(tcp(443), Selection.AUTO.overIpv6()).isServedBy(hole.claim()))
                .isTrue();
    }

    @Test
    void who_narrows_a_port_over_one_ends_what_was_wider_over_the_other() {
        Wish wide = wish(tcp(8554), Selection.AUTO.overIpv6());
        Holding hole = on(FIREWALL, HERE_TOO, tcp(8554));
        Wish narrow = wish(tcp(8554).from(Subnet.parse("203.0.113.7")), Selection.AUTO);
        Snapshot snapshot = Snapshot.EMPTY.with(wide).with(hole).with(narrow).narrowedBy(narrow);

        assertThat(snapshot.wishes()).containsExactly(narrow);
        assertThat(snapshot.holdings()).allMatch(Holding::leaving);
    }

    @Test
    void an_entry_for_one_host_is_another_than_everybodys() {
        Mapping some = tcp(8554).from(Subnet.parse("203.0.113.7"));
        Claim all = new Claim(
                tcp(8554),
                new GatewayId(Method.UPNP, GATEWAY),
                new Endpoint(HERE, new Port(8554)),
                new LeaseHandle.UpnpEntry(java.net.URI.create("http://x/"), ""),
                NOW);
        Snapshot snapshot = Snapshot.EMPTY.with(Holding.claimed(all)).with(Holding.claimed(all.from(some.remote())));

        assertThat(snapshot.holdings()).hasSize(2);
    }

    @Test
    void what_is_written_is_read() {
        Mapping far = tcp(25565).to(new Target.InnerRouter(ip("192.168.0.7"), new Port(25565)));
        Claim hole = new Claim(
                outside(8443, 443).from(Subnet.parse("2001:db8:5::/48")),
                new GatewayId(Method.UPNP, FIREWALL, "02:00:00:00:00:01"),
                new Endpoint(HERE_TOO, new Port(443)),
                new LeaseHandle.Pinhole(java.net.URI.create("http://[fe80::1]:5000/d.xml")),
                NOW);
        Snapshot snapshot = Snapshot.EMPTY
                .with(wish(far, at(OTHER)))
                .with(wish(hole.mapping(), Selection.AUTO.overIpv6()))
                .with(Holding.claimed(hole))
                .with(Holding.claimed(hole.from(Optional.empty())))
                .with(on(OTHER, ip("192.168.0.7"), far));

        assertThat(StateFile.read(StateFile.write(snapshot))).isEqualTo(new StateFile.Content.Good(snapshot, false));
    }
}
