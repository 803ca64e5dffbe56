package dev.ajar.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.Snapshot;
import dev.ajar.testing.Samples;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A port is open, and the gateway refuses to open it again or to extend it. */
class RepeatedOpeningTest {
    private final OneGateway gateway = new OneGateway();

    private Instant now() {
        return opened().claim().writtenAt();
    }

    /** Half of its lease is over. */
    private Lease opened() {
        Lease lease = gateway.opened().lease().orElseThrow();
        return new Lease(
                lease.claim(),
                lease.externalPort(),
                LeaseDuration.ofSeconds(7200),
                lease.claim().writtenAt().minusSeconds(3600),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private GatewaySession refused(long left) {
        ObservedMapping entry = OneGateway.entry(Samples.HERE, "ajar 25565 tcp " + OneGateway.MARK);
        gateway.presence = new Presence.Present(new ObservedMapping(
                entry.protocol(),
                entry.externalPort(),
                entry.internalClient(),
                entry.internalPort(),
                entry.remoteHost(),
                entry.description(),
                true,
                Optional.of(LeaseDuration.ofSeconds(left))));
        gateway.granted =
                grant -> Result.err(new Failure.Refused(Message.verbatim("not authorised"), Optional.empty()));
        return new GatewaySession(
                new MemoryStateStore(),
                Progress.silent(),
                gateway,
                gateway.deadline,
                Snapshot.EMPTY.with(MappingRecord.held(opened())));
    }

    private Optional<Long> secondsLeft(GatewaySession.Answer answer) {
        return answer.snapshot().mappingRecords().stream()
                .flatMap(record -> record.lease().stream())
                .flatMap(lease -> lease.expiresAt().stream())
                .map(end -> end.getEpochSecond() - now().getEpochSecond())
                .findFirst();
    }

    /** What is merely still there is no extension, a second or a few more for the way of the answers included. */
    @ParameterizedTest
    @CsvSource({"7200, true, 7200", "7199, true, 7199", "3600, false, 3600", "3605, false, 3600", "1200, false, 3600"})
    void a_refused_extension_counts_where_the_gateway_lists_a_later_end(long listed, boolean extended, long left) {
        GatewaySession.Answer answer = refused(listed).extend(List.of(Samples.tcp(25565)));

        assertThat(answer.outcomes().getFirst().result().toOptional().isPresent())
                .isEqualTo(extended);
        assertThat(secondsLeft(answer)).contains(left);
    }

    @ParameterizedTest
    @CsvSource({"7200", "3600", "1200"})
    void what_is_asked_for_again_is_open_and_ends_as_listed(long listed) {
        GatewaySession.Answer answer = refused(listed).ask(List.of(Samples.tcp(25565)));

        assertThat(answer.outcomes().getFirst().result().toOptional().isPresent())
                .isTrue();
        assertThat(secondsLeft(answer)).contains(listed);
    }
}
