package dev.ajar.state.file;

import dev.ajar.model.Claim;
import dev.ajar.model.Lease;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.LearnedAdjustments;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Tells the moments of a snapshot by a time of day that has been set since. */
final class ClockShift {
    private ClockShift() {}

    /** @param shift see {@link BootTime#between} */
    static Snapshot of(Snapshot snapshot, UnaryOperator<Instant> shift) {
        return new Snapshot(
                snapshot.desiredMappings().stream()
                        .map(desired -> shifted(desired, shift))
                        .toList(),
                snapshot.mappingRecords().stream()
                        .map(record -> shifted(record, shift))
                        .toList(),
                snapshot.learned().stream()
                        .map(one -> new LearnedAdjustments(
                                one.gateway(), one.device(), one.adjustments(), shift.apply(one.learntAt())))
                        .toList(),
                snapshot.manualRules(),
                snapshot.newer());
    }

    /** The end moves with the beginning: it was told as a length of time. */
    private static DesiredMapping shifted(DesiredMapping desired, UnaryOperator<Instant> shift) {
        Instant madeAt = shift.apply(desired.madeAt());
        return new DesiredMapping(
                desired.mapping(),
                desired.selection(),
                desired.owner(),
                madeAt,
                desired.until().map(end -> end.plus(Duration.between(desired.madeAt(), madeAt))));
    }

    private static MappingRecord shifted(MappingRecord record, UnaryOperator<Instant> shift) {
        Claim claim = record.claim();
        Claim moved = new Claim(
                claim.mapping(), claim.gateway(), claim.internal(), claim.handle(), shift.apply(claim.writtenAt()));
        return new MappingRecord(
                moved,
                record.lease()
                        .map(lease -> new Lease(
                                moved,
                                lease.externalPort(),
                                lease.granted(),
                                shift.apply(lease.grantedAt()),
                                lease.externalAddress(),
                                lease.epoch(),
                                lease.verified(),
                                lease.listedAs())),
                record.leaving());
    }
}
