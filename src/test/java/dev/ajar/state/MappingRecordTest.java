package dev.ajar.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.GatewayId;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entries of a router's table ajar has made and may delete. */
class MappingRecordTest {
    /** When no lease ends that is seen here. */
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    private static final InetAddress ROUTER = ip("192.168.77.1");
    private static final Port PORT = new Port(25565);

    private static InetAddress ip(String text) {
        return Addresses.ipv4(text).orElseThrow();
    }

    private static MappingRecord mappingRecord(String name, String address, Target target, String mark) {
        Mapping mapping =
                new Mapping(TransportProtocol.TCP, PORT, PortPolicy.EXACT, target, LeaseDuration.ofSeconds(3600), name);
        return MappingRecord.claimed(new Claim(
                mapping,
                new GatewayId(UpnpProtocol.UPNP, ROUTER),
                new Endpoint(ip(address), PORT),
                new UpnpEntry(URI.create("http://192.168.77.1/d.xml"), mark),
                Instant.EPOCH));
    }

    private static ObservedMapping entry(String name, String client) {
        return new ObservedMapping(
                TransportProtocol.TCP,
                PORT,
                new RouterText(client),
                PORT,
                new RouterText(""),
                new RouterText(name),
                true,
                Optional.of(LeaseDuration.PERMANENT));
    }

    /** This machine's address is 192.168.77.20; it was {@code was} when it opened the port. */
    @ParameterizedTest
    @CsvSource({
        // ours, at the address we still have, under any shape of the name
        "ajar 25565 tcp, 192.168.77.20, ajar 25565 tcp k7q2, true",
        "ajar 25565 tcp, 192.168.77.20, ajar 25565, true",
        "ajar 25565 tcp, 192.168.77.20, '', true",
        "Minecraft,      192.168.77.20, Minecraft, true",
        "Minecraft,      192.168.77.20, Minecraf, true",
        // a name with the same beginning only, and names without a known letter
        "Minecraft,      192.168.77.20, M, false",
        "Minecraft,      192.168.77.20, Игра, false",
        "ajar 25565 tcp, 192.168.77.20, 游戏, false",
        // another machine's ajar, or another name
        "ajar 25565 tcp, 192.168.77.20, ajar 25565 tcp x9z1, false",
        "ajar 25565 tcp, 192.168.77.20, Minecraft, false",
        // a former address of this machine: only the mark decides
        "ajar 25565 tcp, 192.168.77.42, ajar 25565 tcp k7q2, true",
        "ajar 25565 tcp, 192.168.77.42, AJAR 25565 TCP K7Q2, true",
        "ajar 25565 tcp, 192.168.77.42, ajar 25565 tcp x9z1, false",
        "ajar 25565 tcp, 192.168.77.42, ajar 25565 tcp, false",
        "ajar 25565 tcp, 192.168.77.42, '', false",
        "Minecraft,      192.168.77.42, Minecraft, false",
    })
    void an_entry_is_ours_only_if_no_other_device_can_have_made_it(String name, String was, String seen, boolean ours) {
        MappingRecord mappingRecord = mappingRecord(name, was, new Target.ThisHost(PORT), "k7q2");
        Snapshot snapshot = Snapshot.EMPTY.with(mappingRecord);

        assertThat(snapshot.ownsCertainly(
                        new GatewayId(UpnpProtocol.UPNP, ROUTER), entry(seen, was), ip("192.168.77.20"), LATER))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"k7q2, true", "x9z1, false"})
    void two_machines_that_open_the_same_port_of_a_camera_are_told_apart(String mark, boolean ours) {
        Target camera = new Target.OtherHost(ip("192.168.77.90"), PORT);
        Snapshot snapshot = Snapshot.EMPTY.with(mappingRecord("ajar 25565 tcp", "192.168.77.90", camera, "k7q2"));

        assertThat(snapshot.ownsCertainly(
                        new GatewayId(UpnpProtocol.UPNP, ROUTER),
                        entry("ajar 25565 tcp " + mark, "192.168.77.90"),
                        ip("192.168.77.20"),
                        LATER))
                .isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({
        "ajar 25565 tcp k7q2, true, true",
        "ajar 25565 tcp, true, false",
        "ajar 25565 tcp and more, false, false",
        "Minecraft, false, false",
        "Minecraft k7q2, false, false",
    })
    void the_names_that_ajars_give_are_recognised(String name, boolean standard, boolean marked) {
        assertThat(EntryName.isStandard(name)).isEqualTo(standard);
        assertThat(EntryName.isMarked(name)).isEqualTo(marked);
    }
}
