package dev.ajar.gateway.upnp.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.MappingTable;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortMappingTableTest {
    private final ScriptedConnection wan = new ScriptedConnection();
    private final ManualTimeline clock = new ManualTimeline();
    private final Deadline deadline = Deadline.after(clock, Duration.ofMinutes(1));

    @BeforeEach
    void fill() {
        for (int port = 81; port <= 84; port++) {
            wan.has(new ObservedMapping(
                    TransportProtocol.TCP,
                    new Port(port),
                    new RouterText("192.168.77.20"),
                    new Port(80),
                    RouterText.EMPTY,
                    RouterText.EMPTY,
                    true,
                    Optional.of(LeaseDuration.PERMANENT)));
        }
        wan.lookFault = UpnpErrors.INVALID_ACTION;
    }

    private MappingTable list() {
        return new PortMappingTable(wan).list(deadline).toOptional().orElseThrow();
    }

    private Presence look(int port) {
        return new PortMappingTable(wan).look(TransportProtocol.TCP, new Port(port), deadline);
    }

    @Test
    void a_list_that_shows_every_entry_twice_does_not_end_at_the_first() {
        wan.listsTwice = true;

        assertThat(list().entries()).hasSize(4);
        assertThat(list().whole()).isTrue();
        assertThat(look(84)).isInstanceOf(Presence.Present.class);
        assertThat(look(90)).isInstanceOf(Presence.Absent.class);
    }

    private void leases(int seconds) {
        wan.slowly = Optional.of(clock);
        wan.table.replaceAll((key, entry) -> new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                entry.internalClient(),
                entry.internalPort(),
                entry.remoteHost(),
                entry.description(),
                true,
                Optional.of(LeaseDuration.ofSeconds(seconds))));
    }

    /** What a lease has left tells whose it is, to a few seconds. */
    @Test
    void the_leases_of_a_list_that_took_long_are_those_of_its_end() {
        leases(3600);

        assertThat(list().entries())
                .hasSize(4)
                .allMatch(entry -> entry.lease()
                        .equals(Optional.of(
                                LeaseDuration.ofSeconds(3600 - clock.uptime().toSeconds()))));
    }

    @Test
    void an_entry_that_was_compared_with_a_long_list_is_as_old_as_that() {
        leases(3600);
        wan.lookFault = 0;
        Presence single = look(81);

        Presence compared =
                new PortMappingTable(wan).compared(single, TransportProtocol.TCP, new Port(81), false, deadline);

        assertThat(clock.uptime()).isGreaterThan(Duration.ofSeconds(6));
        assertThat(compared)
                .isInstanceOfSatisfying(
                        Presence.Present.class,
                        present -> assertThat(present.entry().lease())
                                .contains(LeaseDuration.ofSeconds(
                                        3600 - clock.uptime().toSeconds())));
    }

    @Test
    void a_list_that_begins_again_is_known_although_its_leases_go_on() {
        leases(3600);
        wan.listsRound = true;

        assertThat(list().entries()).hasSize(4);
        assertThat(list().whole()).isTrue();
    }

    /** The keeper looks every few seconds, and a list may have hundreds of entries. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_list_that_decides_nothing_is_not_read_again_and_again(boolean broken) {
        wan.lookFault = UpnpErrors.NO_SUCH_ENTRY;
        wan.listBroken = broken;
        wan.gapAt = 1;
        UnshownEntries unshown = new UnshownEntries();

        for (int i = 0; i < 100; i++) {
            PortMappingTable table = new PortMappingTable(wan, unshown.looking());
            assertThat(table.compared(new Presence.Absent(), TransportProtocol.TCP, new Port(90), deadline))
                    .isInstanceOf(Presence.Absent.class);
        }

        assertThat(wan.listed).isBetween(1, 3 * 7);
    }

    @Test
    void after_an_error_in_the_middle_what_is_not_listed_is_not_absent() {
        wan.gapAt = 1;

        assertThat(look(90)).isInstanceOf(Presence.Unknown.class);
        assertThat(list().entries()).hasSize(3);
        assertThat(list().whole()).isFalse();
    }

    @Test
    void an_unusual_error_ends_a_list_if_the_next_index_brings_one_too() {
        wan.gapAt = 4;

        assertThat(list().entries()).hasSize(4);
        assertThat(look(90)).isInstanceOf(Presence.Absent.class);
    }

    /** Both have said that an entry is gone, as after a restart; the router looks for the port alone all the same. */
    @Test
    void the_entry_of_the_other_protocol_is_compared_with_the_list_also_once_it_was_believed() {
        PortMappingTable table = new PortMappingTable(wan, new UnshownEntries());
        assertThat(table.compared(new Presence.Absent(), TransportProtocol.UDP, new Port(90), deadline))
                .isInstanceOf(Presence.Absent.class);
        ObservedMapping others = new ObservedMapping(
                TransportProtocol.UDP,
                new Port(84),
                new RouterText("192.168.77.20"),
                new Port(80),
                RouterText.EMPTY,
                new RouterText("ajar 84 tcp ab12"),
                true,
                Optional.of(LeaseDuration.PERMANENT));

        assertThat(table.compared(new Presence.Present(others), TransportProtocol.UDP, new Port(84), deadline))
                .isInstanceOf(Presence.Absent.class);
    }
}
