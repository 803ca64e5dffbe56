package dev.ajar.mapping.removal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.OneGateway;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A port that is open to all is closed before it is opened for one host only. */
class NarrowedAccessTest {
    private static final Mapping FOR_ALL = Samples.tcp(25565);
    private static final Mapping FOR_ONE = FOR_ALL.from(Subnet.parse("203.0.113.9"));

    private final OneGateway gateway = new OneGateway();

    NarrowedAccessTest() {
        gateway.presence = new Presence.Present(OneGateway.entry(Samples.HERE, "ajar 25565 tcp " + OneGateway.MARK));
    }

    private MappingRecord held(Mapping mapping) {
        return MappingRecord.claimed(gateway.claim(mapping, Optional.empty()));
    }

    private static Snapshot state(MappingRecord... mappingRecords) {
        return new Snapshot(List.of(), List.of(mappingRecords), List.of(), List.of(), List.of());
    }

    private Result<Snapshot> before(Mapping wanted, Snapshot snapshot) {
        return new NarrowedAccess(gateway, gateway, gateway.timeline, gateway.deadline)
                .before(List.of(wanted), snapshot);
    }

    @Test
    void a_mapping_open_to_more_sources_is_closed_and_its_record_deleted() {
        MappingRecord other = held(Samples.tcp(8443));

        Result<Snapshot> after = before(FOR_ONE, state(held(FOR_ALL), other));

        assertThat(after).isEqualTo(Result.ok(state(other)));
        assertThat(gateway.changes).containsExactly("unmap 25565 of 192.168.77.10:25565");
    }

    @Test
    void a_mapping_desired_for_other_sources_is_a_conflict() {
        DesiredMapping desired = new DesiredMapping(
                FOR_ALL, GatewaySelector.AUTO, new Owner.User(), gateway.timeline.instant(), Optional.empty());
        Snapshot wanted = state(held(FOR_ALL)).with(desired);

        assertThat(before(FOR_ONE, wanted))
                .isInstanceOfSatisfying(
                        Result.Err.class, err -> assertThat(err.failure()).isInstanceOf(Failure.Conflict.class));
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void a_mapping_open_to_the_same_source_stays() {
        Snapshot same = state(held(FOR_ONE));

        assertThat(before(FOR_ONE, same)).isEqualTo(Result.ok(same));
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void an_expired_mapping_does_not_conflict() {
        Snapshot old = state(held(FOR_ALL));
        gateway.timeline.advance(Duration.ofHours(2));

        assertThat(before(FOR_ONE, old)).isEqualTo(Result.ok(old));
        assertThat(gateway.changes).isEmpty();
    }

    @Test
    void a_router_that_does_not_close_it_fails_the_opening() {
        Failure failure = new Failure.TimedOut(Message.verbatim("the router did not answer"));
        gateway.removed = Result.err(failure);

        assertThat(before(FOR_ONE, state(held(FOR_ALL)))).isEqualTo(Result.err(failure));
    }
}
