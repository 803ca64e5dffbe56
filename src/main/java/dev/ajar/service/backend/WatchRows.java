package dev.ajar.service.backend;

import dev.ajar.keeper.model.GatewayStatus;
import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.RouterText;
import dev.ajar.service.WatchRow;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The rows of {@code ajar watch}: from the keeper, or without a daemon from the state file. */
final class WatchRows {
    private WatchRows() {}

    /**
     * @param gateways that have them
     * @param last the last event of each mapping, in a few words
     * @param elapsed now, on the clock that counts time asleep
     * @param now the same moment
     */
    static List<WatchRow> of(
            List<TrackedMapping> tracked,
            List<GatewayStatus> gateways,
            Map<DesiredMapping, Message> last,
            Duration elapsed,
            Instant now) {
        return tracked.stream()
                .map(mapping ->
                        row(mapping, gateways, last.getOrDefault(mapping.desired(), WatchRow.NOTHING), elapsed, now))
                .toList();
    }

    /** When it was last known to be there: by itself, or with everything that its gateway granted in the same epoch. */
    private static Duration confirmedAt(MappingState.Active open, List<GatewayStatus> gateways) {
        return gateways.stream()
                .filter(gateway -> open.lease().epoch().isPresent()
                        && gateway.gateway().equals(open.lease().claim().gateway()))
                .flatMap(gateway -> gateway.wholeAt().stream())
                .filter(moment -> moment.compareTo(open.confirmedAt()) > 0)
                .findFirst()
                .orElse(open.confirmedAt());
    }

    private static WatchRow row(
            TrackedMapping tracked, List<GatewayStatus> gateways, Message last, Duration elapsed, Instant now) {
        String label = tracked.desired().mapping().label();
        return switch (tracked.state()) {
            case MappingState.Inactive inactive ->
                new WatchRow(
                        label,
                        "",
                        "",
                        WatchRow.State.NOT_OPEN,
                        Optional.empty(),
                        inactive.why().map(Failure::detail).orElse(last),
                        Optional.empty(),
                        container(tracked.desired()));
            case MappingState.Active open ->
                new WatchRow(
                        label,
                        open.lease().internal().toString(),
                        open.lease().claim().gateway().method().title(),
                        WatchRow.State.OPEN,
                        open.endsAt().map(end -> Math.max(0, end.minus(elapsed).toSeconds())),
                        last,
                        Optional.of(now.minus(elapsed.minus(confirmedAt(open, gateways)))
                                .truncatedTo(ChronoUnit.SECONDS)),
                        container(tracked.desired()));
        };
    }

    private static Optional<String> container(DesiredMapping desired) {
        return desired.owner() instanceof Owner.Container(String ignored, String name)
                ? Optional.of(new RouterText(name).display())
                : Optional.empty();
    }

    /**
     * @param runs whether a process of {@code ajar run} or {@code ajar relay} still runs, and so renews what it has
     * opened
     */
    static List<WatchRow> of(Snapshot snapshot, Instant now, Predicate<Owner.Launch> runs) {
        return snapshot.mappingRecords().stream()
                .filter(record -> !record.hasExpired(now))
                .map(record -> row(snapshot, record, now, LaunchKeeper.keeps(snapshot, runs, record)))
                .toList();
    }

    private static WatchRow row(Snapshot snapshot, MappingRecord record, Instant now, boolean renewed) {
        return new WatchRow(
                record.protocol().label(record.externalPort()),
                record.claim().internal().toString(),
                record.claim().gateway().method().title(),
                record.leaving() ? WatchRow.State.CLOSING : renewed ? WatchRow.State.OPEN : WatchRow.State.NOT_RENEWED,
                record.lease()
                        .flatMap(Lease::expiresAt)
                        .map(end -> Duration.between(now, end).toSeconds()),
                WatchRow.NOTHING,
                record.lease().map(lease -> lease.grantedAt().truncatedTo(ChronoUnit.SECONDS)),
                snapshot.desiredMappings().stream()
                        .filter(desired -> desired.isServedBy(record.claim()))
                        .flatMap(desired -> container(desired).stream())
                        .findFirst());
    }
}
