package dev.ajar.state;

import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is written down.
 *
 * @param desiredMappings what is to be kept open
 * @param mappingRecords what ajar has opened, wanted still or not
 * @param learned how gateways want to be asked
 * @param manualRules rules that somebody made on a router's page
 */
public record Snapshot(
        List<DesiredMapping> desiredMappings,
        List<MappingRecord> mappingRecords,
        List<LearnedAdjustments> learned,
        List<ManualRule> manualRules) {
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), List.of());

    public Snapshot {
        desiredMappings = List.copyOf(desiredMappings);
        mappingRecords = MappingRecords.of(mappingRecords);
        learned = List.copyOf(learned);
        manualRules = List.copyOf(manualRules);
    }

    /** More gateways than anybody meets in a month. */
    private static final int MOST_LESSONS = 32;

    /**
     * With {@code holding} in the place of an older one of the same claim; and of what another protocol of the same router
     * had granted for the same port, since there is but one entry for it.
     */
    public Snapshot with(MappingRecord mappingRecord) {
        return withMappingRecords(indexed().with(mappingRecord));
    }

    public Snapshot without(MappingRecord mappingRecord) {
        return withMappingRecords(indexed().without(mappingRecord.claim()));
    }

    private MappingRecords indexed() {
        return MappingRecords.of(mappingRecords);
    }

    /** Whether something still is to be removed. */
    public boolean isAnyLeaving() {
        return indexed().isAnyLeaving();
    }

    /** At least all holdings that {@code before} had not. */
    public List<MappingRecord> holdingsSince(Snapshot before) {
        return indexed().since(before.indexed());
    }

    /** Without that one alone, however much others are like it. */
    public Snapshot withoutThis(MappingRecord mappingRecord) {
        return withMappingRecords(mappingRecords.stream()
                .filter(known -> !known.equals(mappingRecord))
                .toList());
    }

    private Snapshot withMappingRecords(List<MappingRecord> others) {
        return new Snapshot(desiredMappings, others, learned, manualRules);
    }

    /** With {@code wish} in the place of an older one for the same port; what only that one wanted leaves. */
    public Snapshot with(DesiredMapping desired) {
        List<DesiredMapping> all = new ArrayList<>(without(desired).desiredMappings);
        all.add(desired);
        List<MappingRecord> now = mappingRecords.stream()
                .map(mappingRecord ->
                        isServedByOlder(desired, mappingRecord) ? mappingRecord.markedForRemoval() : mappingRecord)
                .toList();
        return new Snapshot(all, now, learned, manualRules);
    }

    /**
     * With what the same owner wants for everybody over the other version of IP ended, where {@code wish} is for some
     * alone: who keeps a port for one address does not mean it to stay open to all the others by another way.
     */
    public Snapshot narrowedBy(DesiredMapping desired) {
        if (desired.mapping().remote().isEmpty()) {
            return this;
        }
        Snapshot rest = this;
        for (DesiredMapping other : desiredMappings) {
            boolean wider = other.mapping().remote().isEmpty()
                    && other.owner().equals(desired.owner())
                    && other.protocol() == desired.protocol()
                    && other.externalPort().equals(desired.externalPort())
                    && other.selection().ipVersion() != desired.selection().ipVersion();
            rest = wider ? rest.ended(other) : rest;
        }
        return rest;
    }

    private boolean isServedByOlder(DesiredMapping desired, MappingRecord mappingRecord) {
        return !desired.isServedBy(mappingRecord.claim())
                && desiredMappings.stream()
                        .anyMatch(old -> old.isSameDesire(desired) && old.isServedBy(mappingRecord.claim()));
    }

    /** Without {@code wish}, and with what was opened for it to be removed. */
    public Snapshot ended(DesiredMapping desired) {
        Snapshot rest = without(desired);
        return rest.withMappingRecords(mappingRecords.stream()
                .map(mappingRecord -> desired.isServedBy(mappingRecord.claim()) && !rest.isWanted(mappingRecord)
                        ? mappingRecord.markedForRemoval()
                        : mappingRecord)
                .toList());
    }

    public Snapshot without(DesiredMapping desired) {
        return new Snapshot(
                desiredMappings.stream()
                        .filter(known -> !known.isSameDesire(desired))
                        .toList(),
                mappingRecords,
                learned,
                manualRules);
    }

    /** The mapping that was made for {@code wish}, if it is known. */
    public Optional<MappingRecord> of(DesiredMapping desired) {
        return mappingRecords.stream()
                .filter(mappingRecord -> !mappingRecord.leaving() && serves(desired, mappingRecord))
                .findFirst();
    }

    /** Whether somebody wants {@code holding}. */
    public boolean isWanted(MappingRecord mappingRecord) {
        return desiredMappings.stream().anyMatch(desired -> desired.isServedBy(mappingRecord.claim()));
    }

    /** When the first of all this ends by itself: a wish runs out, or a note may be forgotten. */
    public Optional<Instant> firstEnd() {
        Stream<Instant> wanted = desiredMappings.stream().flatMap(desired -> desired.until().stream());
        Stream<Instant> held =
                mappingRecords.stream().flatMap(mappingRecord -> mappingRecord.forgettableFrom().stream());
        Stream<Instant> learnt = learned.stream().map(LearnedAdjustments::forgettableFrom);
        return Stream.of(wanted, held, learnt).flatMap(moments -> moments).min(Comparator.naturalOrder());
    }

    /**
     * Without what the gateways have certainly dropped by themselves; but with all that is wanted, whatever a clock that
     * may have jumped says of it.
     */
    public Snapshot current(Instant now) {
        boolean nothingToForget = mappingRecords.stream().noneMatch(mappingRecord -> mappingRecord.isForgettable(now))
                && learned.stream().noneMatch(learnedAdjustments -> learnedAdjustments.isForgettable(now));
        if (nothingToForget) {
            return this;
        }
        return new Snapshot(
                desiredMappings,
                mappingRecords.stream()
                        .filter(mappingRecord -> isWanted(mappingRecord) || !mappingRecord.isForgettable(now))
                        .toList(),
                learned.stream()
                        .filter(learnedAdjustments -> !learnedAdjustments.isForgettable(now))
                        .toList(),
                manualRules);
    }

    /** What is open on that port: by the name it was asked for, or else as it was granted. */
    public List<MappingRecord> on(TransportProtocol protocol, Port externalPort) {
        List<MappingRecord> there = mappingRecords.stream()
                .filter(mappingRecord -> mappingRecord.protocol() == protocol)
                .toList();
        boolean named = there.stream().anyMatch(h -> h.isPinhole() && h.isNamed(externalPort));
        return there.stream()
                .filter(mappingRecord -> (mappingRecord.isPinhole() && named)
                        ? mappingRecord.isNamed(externalPort)
                        : mappingRecord.externalPort().equals(externalPort))
                .toList();
    }

    /**
     * Whether {@code holding} is what fulfils {@code wish}. One that names no gateway is fulfilled on any, but for those
     * that another wish for the same port names: that one's mapping is not its own.
     */
    public boolean serves(DesiredMapping desired, MappingRecord mappingRecord) {
        return desired.isServedBy(mappingRecord.claim())
                && serves(
                        desired,
                        mappingRecord,
                        desired.selection().gateway().isPresent() ? List.of() : namingGateways());
    }

    /**
     * The same, for whoever asks it of many.
     *
     * @param named {@link #namingGateways}
     */
    public static boolean serves(DesiredMapping desired, MappingRecord mappingRecord, List<DesiredMapping> named) {
        return desired.isServedBy(mappingRecord.claim())
                && (desired.selection().gateway().isPresent()
                        || named.stream()
                                .noneMatch(other -> other.externalPort().equals(desired.externalPort())
                                        && other.isServedBy(mappingRecord.claim())));
    }

    /** The wishes that are for a gateway by its address. */
    public List<DesiredMapping> namingGateways() {
        return desiredMappings.stream()
                .filter(desired -> desired.selection().gateway().isPresent())
                .toList();
    }

    public Optional<MappingRecord> of(Claim claim) {
        return indexed().of(claim);
    }

    /** Whether {@code entry}, seen in the table of that gateway, is one of ours. */
    public boolean owns(GatewayId gateway, ObservedMapping entry) {
        return indexed().around(entry.externalPort()).anyMatch(mappingRecord -> mappingRecord.matches(gateway, entry));
    }

    /**
     * Whether it is one of ours without doubt, so that it may be replaced.
     *
     * @param here this machine's address on the way to that gateway
     */
    public boolean ownsCertainly(GatewayId gateway, ObservedMapping entry, InetAddress here) {
        return indexed()
                .around(entry.externalPort())
                .anyMatch(mappingRecord ->
                        mappingRecord.matches(gateway, entry) && mappingRecord.isVerifiedBy(entry, here));
    }

    /** In the place of what was known of the same gateway; one without adjustments is only forgotten. */
    public Snapshot with(LearnedAdjustments learnedAdjustments) {
        List<LearnedAdjustments> all = new ArrayList<>();
        if (!learnedAdjustments.adjustments().isEmpty()) {
            all.add(known(learnedAdjustments).orElse(learnedAdjustments));
        }
        learned.stream()
                .filter(known -> !known.isAbout(learnedAdjustments.gateway(), learnedAdjustments.device()))
                .limit(MOST_LESSONS - 1L)
                .forEach(all::add);
        return new Snapshot(desiredMappings, mappingRecords, all, manualRules);
    }

    /** The same lesson as it was first learnt: heeding it is no new proof that it is still needed. */
    private Optional<LearnedAdjustments> known(LearnedAdjustments learnedAdjustments) {
        return learned.stream()
                .filter(old -> old.isAbout(learnedAdjustments.gateway(), learnedAdjustments.device()))
                .filter(old -> old.adjustments().equals(learnedAdjustments.adjustments()))
                .findFirst();
    }

    /** How the gateway at that address wants to be asked, if it is still the same device. */
    public Set<Adjustment> learned(InetAddress gateway, String device) {
        return learned.stream()
                .filter(learnedAdjustments -> learnedAdjustments.isAbout(gateway, device))
                .findFirst()
                .map(LearnedAdjustments::adjustments)
                .orElse(Set.of());
    }

    /** With {@code rule} in the place of an older one for the same port. */
    public Snapshot with(ManualRule rule) {
        List<ManualRule> all = new ArrayList<>(withoutHandMade(rule.protocol(), rule.externalPort()).manualRules);
        all.add(rule);
        return new Snapshot(desiredMappings, mappingRecords, learned, all);
    }

    public Snapshot withoutHandMade(TransportProtocol protocol, Port externalPort) {
        return new Snapshot(
                desiredMappings,
                mappingRecords,
                learned,
                manualRules.stream()
                        .filter(rule -> !rule.isFor(protocol, externalPort))
                        .toList());
    }
}
