package dev.ajar.mapping.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.AdminProtocol;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.mapping.OneGateway;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.MappingRecord;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mapping is removed after a look at the router's current entry. */
class RemovalTest {
    private static final String NAME = "ajar 25565 tcp " + OneGateway.MARK;
    private static final InetAddress EARLIER = Samples.ip("192.168.77.55");
    private static final String UNMAPPED = "unmap 25565 of 192.168.77.10:25565";

    private final OneGateway gateway = new OneGateway();

    private Removal.RemovalOutcome remove(MappingRecord record, Presence seen) {
        gateway.presence = seen;
        return new Removal(gateway, gateway.deadline).of(record, gateway, gateway.timeline.instant());
    }

    private static Presence there(InetAddress client, String name) {
        return new Presence.Present(OneGateway.entry(client, name));
    }

    @Test
    void an_unchanged_entry_is_removed() {
        assertThat(remove(gateway.opened(), there(Samples.HERE, NAME)))
                .isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(gateway.changes).containsExactly(UNMAPPED);
    }

    /** That it ends when this one does tells whose it is, by the time at which it was read. */
    @Test
    void a_renamed_entry_is_known_by_its_end_although_the_look_took_long() {
        MappingRecord record = gateway.opened();
        gateway.lookTakes = Duration.ofSeconds(8);
        ObservedMapping renamed = new ObservedMapping(
                record.protocol(),
                record.externalPort(),
                new RouterText(Samples.HERE.getHostAddress()),
                record.externalPort(),
                RouterText.EMPTY,
                new RouterText("entry 7"),
                true,
                Optional.of(LeaseDuration.ofSeconds(3600 - 8)));

        assertThat(remove(record, new Presence.Present(renamed))).isInstanceOf(Removal.RemovalOutcome.Removed.class);
    }

    @Test
    void an_absent_entry_needs_no_removal() {
        assertThat(remove(gateway.opened(), new Presence.Absent()))
                .isEqualTo(new Removal.RemovalOutcome.NotThere(Message.of("mapping.dropped-already"), true));
        assertThat(gateway.changes).isEmpty();
    }

    /** Some answer each look with an error that means "no such entry" on others. */
    @Test
    void what_the_router_never_showed_is_removed_though_it_does_not_show_it_now() {
        assertThat(remove(gateway.openedUnseen(), new Presence.Absent(true)))
                .isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(gateway.changes).containsExactly(UNMAPPED);
    }

    @Test
    void what_the_router_says_clearly_is_not_there_is_dropped_though_it_never_showed_it() {
        assertThat(remove(gateway.openedUnseen(), new Presence.Absent()))
                .isInstanceOf(Removal.RemovalOutcome.NotThere.class);
        assertThat(gateway.changes).isEmpty();
    }

    /** Some routers show an entry now and then: it would stay open, and be forgotten. */
    @Test
    void what_the_second_look_shows_is_removed() {
        gateway.firstSeen.add(new Presence.Absent());

        assertThat(remove(gateway.opened(), there(Samples.HERE, "ajar 25565 tcp ab12")))
                .isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(gateway.changes).containsExactly(UNMAPPED);
    }

    /** The router removed the rule, and could not save that: after a restart it would be back. */
    @Test
    void a_rule_that_an_earlier_removal_left_unsaved_is_asked_for_again() {
        OneGateway router = new OneGateway(AdminProtocol.ROUTER);
        MappingRecord record = router.opened();

        assertThat(remove(router, record)).isInstanceOf(Removal.RemovalOutcome.NotThere.class);
        assertThat(router.changes).isEmpty();
        assertThat(remove(router, record.markedForRemoval())).isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(router.changes).containsExactly(UNMAPPED);
    }

    /** Its owner led it to another port on the router's page: it is as open as before. */
    @Test
    void a_rule_that_has_another_port_by_now_is_not_called_gone() {
        OneGateway router = new OneGateway(AdminProtocol.ROUTER);
        MappingRecord record = router.opened();
        router.listed.add(OneGateway.entry(Samples.HERE, record.claim().entryName()));
        router.removed = Result.err(new Failure.Refused(Message.of("admin.changed-by-owner"), Optional.empty()));

        assertThat(remove(router, record)).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(router.changes).containsExactly(UNMAPPED);
    }

    @Test
    void the_entry_of_another_program_stays() {
        assertThat(remove(gateway.opened(), there(Samples.NEIGHBOUR, "game")))
                .isInstanceOf(Removal.RemovalOutcome.NotThere.class);
        assertThat(remove(gateway.opened(), there(Samples.HERE, "another program")))
                .isInstanceOf(Removal.RemovalOutcome.NotThere.class);
        assertThat(gateway.changes).isEmpty();
    }

    /** Another device may have that address now, and ajar there gives its entry the same name. */
    @Test
    void at_a_former_address_of_this_machine_only_an_entry_with_the_mark_is_removed() {
        MappingRecord moved = gateway.opened();
        var claim = moved.claim();
        var earlier = new dev.ajar.model.Claim(
                claim.mapping(),
                claim.gateway(),
                claim.mapping().target().seenFrom(EARLIER),
                claim.handle(),
                claim.writtenAt());

        assertThat(remove(MappingRecord.claimed(earlier), there(EARLIER, "ajar 25565 tcp")))
                .isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(gateway.changes).isEmpty();
        assertThat(remove(MappingRecord.claimed(earlier), there(EARLIER, NAME)))
                .isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(gateway.changes).containsExactly("unmap 25565 of 192.168.77.55:25565");
    }

    @Test
    void without_a_list_the_mapping_is_removed_while_its_lease_lasts() {
        Presence withheld = new Presence.Unknown(Message.verbatim("the router shows no list"), true);

        assertThat(remove(gateway.opened(), withheld)).isInstanceOf(Removal.RemovalOutcome.Removed.class);
        MappingRecord old = gateway.opened();
        gateway.timeline.advance(Duration.ofHours(2));
        gateway.changes.clear();
        assertThat(remove(old, withheld)).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void without_a_list_and_without_a_grant_nothing_is_removed() {
        Presence withheld = new Presence.Unknown(Message.verbatim("an entry that cannot be read"), true);

        assertThat(remove(MappingRecord.claimed(gateway.opened().claim()), withheld))
                .isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void an_entry_with_a_name_for_its_client_is_removed_by_grant_unless_something_contradicts() {
        Presence unclear = new Presence.Present(named("desktop-7", NAME));

        assertThat(remove(MappingRecord.claimed(gateway.opened().claim()), unclear))
                .isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(remove(gateway.opened(), new Presence.Present(named("desktop-7", "game"))))
                .isInstanceOf(Removal.RemovalOutcome.NotThere.class);
        assertThat(gateway.changes).isEmpty();
        assertThat(remove(gateway.opened(), unclear)).isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(gateway.changes).containsExactly(UNMAPPED);
    }

    private static ObservedMapping named(String client, String name) {
        ObservedMapping entry = OneGateway.entry(Samples.HERE, name);
        return new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                new RouterText(client),
                entry.internalPort(),
                entry.remoteHost(),
                entry.description(),
                entry.enabled(),
                entry.lease());
    }

    @Test
    void after_a_failed_look_only_an_unexpired_grant_removes() {
        Presence failed = new Presence.Unknown(Message.verbatim("no answer"), false);
        MappingRecord record = gateway.opened();

        assertThat(remove(MappingRecord.claimed(record.claim()), failed))
                .isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(gateway.changes).isEmpty();
        assertThat(remove(record, failed)).isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(gateway.changes).containsExactly(UNMAPPED);
        gateway.changes.clear();
        gateway.timeline.advance(Duration.ofHours(2));
        assertThat(remove(record, failed)).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void what_can_be_read_of_an_unreadable_entry_may_contradict_the_grant() {
        assertThat(remove(gateway.opened(), partial("192.168.77.20", 0, "")))
                .isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(remove(gateway.opened(), partial("", 0, "Xbox"))).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(remove(gateway.opened(), partial("", 8080, ""))).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        assertThat(gateway.changes).isEmpty();
        assertThat(remove(gateway.opened(), partial("192.168.77.10", 0, NAME)))
                .isInstanceOf(Removal.RemovalOutcome.Removed.class);
        assertThat(gateway.changes).containsExactly(UNMAPPED);
    }

    private static Presence partial(String client, int internalPort, String name) {
        PartialEntry entry = new PartialEntry(
                Optional.of(TransportProtocol.TCP),
                Optional.of(new Port(25565)),
                new RouterText(client),
                Optional.of(internalPort).filter(Port::isValid).map(Port::new),
                RouterText.EMPTY,
                new RouterText(name));
        return new Presence.Unknown(Message.verbatim("unreadable"), true, List.of(entry));
    }

    @Test
    void a_failed_removal_is_reported() {
        Failure failure = new Failure.TimedOut(Message.verbatim("the router did not answer"));
        gateway.removed = Result.err(failure);

        assertThat(remove(gateway.opened(), there(Samples.HERE, NAME)))
                .isEqualTo(new Removal.RemovalOutcome.Failed(failure));
    }

    private static final Presence WITHHELD = new Presence.Unknown(Message.verbatim("the router shows no list"), true);

    private static OneGateway refusingRemovals() {
        OneGateway pcp = new OneGateway(PxpProtocols.PCP);
        pcp.presence = WITHHELD;
        pcp.epoch = Optional.of(5000L);
        pcp.removed = Result.err(new Failure.Refused(Message.of("pxp.close-failed"), Optional.empty()));
        return pcp;
    }

    private static Removal.RemovalOutcome remove(OneGateway pcp, MappingRecord record) {
        return new Removal(pcp, pcp.deadline).of(record, pcp, pcp.timeline.instant());
    }

    @Test
    void what_was_granted_before_a_restart_is_gone_although_its_removal_is_refused() {
        OneGateway pcp = refusingRemovals();
        MappingRecord record = pcp.opened();
        pcp.timeline.advance(Duration.ofSeconds(30));
        pcp.epoch = Optional.of(20L);

        assertThat(remove(pcp, record))
                .isEqualTo(new Removal.RemovalOutcome.NotThere(Message.of("mapping.router-restarted"), true));
    }

    /** It would say of each mapping that it is gone, and all of them are there. */
    @Test
    void a_counter_that_runs_backwards_is_no_restart() {
        OneGateway pcp = refusingRemovals();
        MappingRecord record = pcp.opened();
        pcp.timeline.advance(Duration.ofSeconds(30));
        for (long epoch : new long[] {4970, 4000, 33}) {
            pcp.epoch = Optional.of(epoch);
            assertThat(remove(pcp, record)).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        }
    }

    /** Once it has run long enough, it is as low as one that began since the grant. */
    @ParameterizedTest
    @CsvSource({"400, 600, false", "2500, 3000, false", "300, 600, true", "500, 600, true"})
    void a_low_counter_is_a_restart_only_where_no_other_counter_shows_the_same(
            long epoch, long seconds, boolean restarted) {
        OneGateway pcp = refusingRemovals();
        pcp.epoch = Optional.of(1000L);
        MappingRecord record = pcp.opened();
        pcp.timeline.advance(Duration.ofSeconds(seconds));
        pcp.epoch = Optional.of(epoch);

        assertThat(remove(pcp, record) instanceof Removal.RemovalOutcome.NotThere)
                .isEqualTo(restarted);
    }

    /** A clock set forward must not make it look like a restart. */
    @Test
    void without_a_restart_a_refused_removal_has_failed() {
        OneGateway pcp = refusingRemovals();
        MappingRecord record = pcp.opened();
        for (long epoch : new long[] {4999, 5000, 5001, 9000}) {
            pcp.epoch = Optional.of(epoch);
            assertThat(remove(pcp, record)).isInstanceOf(Removal.RemovalOutcome.Failed.class);
        }
        pcp.epoch = Optional.empty();
        assertThat(remove(pcp, record)).isInstanceOf(Removal.RemovalOutcome.Failed.class);
    }
}
