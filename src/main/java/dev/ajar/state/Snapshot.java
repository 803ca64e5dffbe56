package dev.ajar.state;

import dev.ajar.model.Adjustment;
import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The contents of the state file. Immutable.
 *
 * @param desiredMappings the mappings to keep open
 * @param mappingRecords the mappings ajar has made or was about to make, including pending removals
 * @param learned the changes to requests that gateways needed
 * @param manualRules rules the user made by hand on a router's page
 * @param newer what a newer ajar wrote and this one only keeps
 */
public record Snapshot(
        List<DesiredMapping> desiredMappings,
        List<MappingRecord> mappingRecords,
        List<LearnedAdjustments> learned,
        List<ManualRule> manualRules,
        List<NewerRecord> newer) {
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), List.of(), List.of());

    public Snapshot {
        desiredMappings = List.copyOf(desiredMappings);
        mappingRecords = MappingRecords.of(mappingRecords);
        learned = List.copyOf(learned);
        manualRules = List.copyOf(manualRules);
        newer = List.copyOf(newer);
    }

    /** More gateways than a machine meets in a month. */
    private static final int MOST_LEARNED = 32;

    /** More than a home has routers. */
    private static final int MOST_LOCATIONS = 4;

    /**
     * With {@code mappingRecord} in the place of an older record of the same claim, and of one that another protocol of
     * the same router granted for the same port: the router has one entry for both.
     */
    public Snapshot with(MappingRecord mappingRecord) {
        return withMappingRecords(indexed().with(mappingRecord));
    }

    public Snapshot without(MappingRecord mappingRecord) {
        return withMappingRecords(indexed().without(mappingRecord.claim()));
    }

    /** Where the routers of the mappings were found. */
    public List<URI> locations() {
        return mappingRecords.stream()
                .flatMap(one -> one.claim().handle().location().stream())
                .distinct()
                .limit(MOST_LOCATIONS)
                .toList();
    }

    private MappingRecords indexed() {
        return MappingRecords.of(mappingRecords);
    }

    public boolean hasPendingRemovals() {
        return indexed().isAnyLeaving();
    }

    /** At least all records that {@code before} does not contain. */
    public List<MappingRecord> recordsSince(Snapshot before) {
        return indexed().since(before.indexed());
    }

    /** Without this record, but with other records of the same claim. */
    public Snapshot withoutThis(MappingRecord mappingRecord) {
        return withMappingRecords(mappingRecords.stream()
                .filter(known -> !known.equals(mappingRecord))
                .toList());
    }

    private Snapshot withMappingRecords(List<MappingRecord> others) {
        return new Snapshot(desiredMappings, others, learned, manualRules, newer);
    }

    /**
     * With {@code desired} in the place of an older desired mapping for the same port. Records that only the older one
     * wanted are marked for removal.
     */
    public Snapshot with(DesiredMapping desired) {
        List<DesiredMapping> all = new ArrayList<>(without(desired).desiredMappings);
        all.add(desired);
        return new Snapshot(
                all, marked(mappingRecord -> isServedByOlder(desired, mappingRecord)), learned, manualRules, newer);
    }

    private List<MappingRecord> marked(Predicate<MappingRecord> remove) {
        return mappingRecords.stream()
                .map(mappingRecord -> remove.test(mappingRecord) ? mappingRecord.markedForRemoval() : mappingRecord)
                .toList();
    }

    /**
     * If {@code desired} is limited to some sources: without the same owner's mapping of the same port over the other
     * IP version that is open to any source. The user who limits a port does not expect it to stay open to all over the
     * other version.
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

    /** Without {@code desired}, and with the records that only it wanted marked for removal. */
    public Snapshot ended(DesiredMapping desired) {
        Snapshot rest = without(desired);
        return rest.withMappingRecords(
                marked(mappingRecord -> desired.isServedBy(mappingRecord.claim()) && !rest.isWanted(mappingRecord)));
    }

    public Snapshot without(DesiredMapping desired) {
        return new Snapshot(
                desiredMappings.stream()
                        .filter(known -> !known.isSameDesire(desired))
                        .toList(),
                mappingRecords,
                learned,
                manualRules,
                newer);
    }

    /** The record that serves {@code desired}, if there is one. */
    public Optional<MappingRecord> of(DesiredMapping desired) {
        return mappingRecords.stream()
                .filter(mappingRecord -> !mappingRecord.leaving() && serves(desired, mappingRecord))
                .findFirst();
    }

    /** Whether {@code mappingRecord} serves a desired mapping. */
    public boolean isWanted(MappingRecord mappingRecord) {
        return desiredMappings.stream().anyMatch(desired -> desired.isServedBy(mappingRecord.claim()));
    }

    /** The earliest moment at which a desired mapping ends or a record or learned adjustment may be dropped. */
    public Optional<Instant> firstEnd() {
        Stream<Instant> wanted = desiredMappings.stream().flatMap(desired -> desired.until().stream());
        Stream<Instant> held =
                mappingRecords.stream().flatMap(mappingRecord -> mappingRecord.forgettableFrom().stream());
        Stream<Instant> learnt = learned.stream().map(LearnedAdjustments::forgettableFrom);
        return Stream.of(wanted, held, learnt).flatMap(moments -> moments).min(Comparator.naturalOrder());
    }

    /**
     * Without the records of mappings that their gateways have certainly dropped by themselves. Wanted records stay,
     * because the clock may have jumped.
     */
    public Snapshot current(Instant now) {
        boolean nothingToForget = mappingRecords.stream().noneMatch(mappingRecord -> mappingRecord.isForgettable(now))
                && learned.stream().noneMatch(one -> one.isForgettable(now));
        if (nothingToForget) {
            return this;
        }
        return new Snapshot(
                desiredMappings,
                mappingRecords.stream()
                        .filter(mappingRecord -> isWanted(mappingRecord) || !mappingRecord.isForgettable(now))
                        .toList(),
                learned.stream().filter(one -> !one.isForgettable(now)).toList(),
                manualRules,
                newer);
    }

    /**
     * The records of this external port. Pinholes that were requested by it come before pinholes whose own port it is.
     */
    public List<MappingRecord> on(TransportProtocol protocol, Port externalPort) {
        List<MappingRecord> there = mappingRecords.stream()
                .filter(mappingRecord -> mappingRecord.protocol() == protocol)
                .toList();
        Predicate<MappingRecord> requestedPinhole = mappingRecord -> mappingRecord.isPinhole()
                && mappingRecord.claim().mapping().externalPort().equals(externalPort);
        boolean requested = there.stream().anyMatch(requestedPinhole);
        return there.stream()
                .filter(mappingRecord -> (mappingRecord.isPinhole() && requested)
                        ? requestedPinhole.test(mappingRecord)
                        : mappingRecord.externalPort().equals(externalPort))
                .toList();
    }

    /**
     * Whether {@code mappingRecord} serves {@code desired}. A desired mapping that names no gateway is served by any
     * gateway, except one that another desired mapping for the same port names.
     */
    public boolean serves(DesiredMapping desired, MappingRecord mappingRecord) {
        return desired.isServedBy(mappingRecord.claim()) && serves(desired, mappingRecord, namingGateways());
    }

    /**
     * The same, for a caller that checks many records.
     *
     * @param named the result of {@link #namingGateways}
     */
    public static boolean serves(DesiredMapping desired, MappingRecord mappingRecord, List<DesiredMapping> named) {
        return desired.isServedBy(mappingRecord.claim())
                && (desired.selection().gateway().isPresent()
                        || named.stream()
                                .noneMatch(other -> other.externalPort().equals(desired.externalPort())
                                        && other.isServedBy(mappingRecord.claim())));
    }

    /** The desired mappings that name a gateway by its address. */
    public List<DesiredMapping> namingGateways() {
        return desiredMappings.stream()
                .filter(desired -> desired.selection().gateway().isPresent())
                .toList();
    }

    public Optional<MappingRecord> of(Claim claim) {
        return indexed().of(claim);
    }

    /** Whether {@code entry}, read from the table of {@code gateway}, matches a record. */
    public boolean owns(GatewayId gateway, ObservedMapping entry, Instant now) {
        return indexed()
                .around(entry.externalPort())
                .anyMatch(mappingRecord -> mappingRecord.matches(gateway, entry, now));
    }

    /**
     * Whether {@code entry} was certainly made by this ajar, so that it may be replaced.
     *
     * @param here this machine's address on the route to the gateway
     */
    public boolean ownsCertainly(GatewayId gateway, ObservedMapping entry, InetAddress here, Instant now) {
        return indexed()
                .around(entry.externalPort())
                .anyMatch(mappingRecord ->
                        mappingRecord.matches(gateway, entry, now) && mappingRecord.isVerifiedBy(entry, here));
    }

    /** With these adjustments in the place of older ones of the same gateway; empty ones only remove the older ones. */
    public Snapshot with(LearnedAdjustments learnedAdjustments) {
        List<LearnedAdjustments> all = new ArrayList<>();
        if (!learnedAdjustments.adjustments().isEmpty()) {
            all.add(known(learnedAdjustments).orElse(learnedAdjustments));
        }
        learned.stream()
                .filter(known -> !known.isAbout(learnedAdjustments.gateway(), learnedAdjustments.device()))
                .limit(MOST_LEARNED - 1L)
                .forEach(all::add);
        return new Snapshot(desiredMappings, mappingRecords, all, manualRules, newer);
    }

    /**
     * The equal adjustments already known, with their earlier time: using them does not prove that they are still
     * needed.
     */
    private Optional<LearnedAdjustments> known(LearnedAdjustments learnedAdjustments) {
        return learned.stream()
                .filter(old -> old.isAbout(learnedAdjustments.gateway(), learnedAdjustments.device()))
                .filter(old -> old.adjustments().equals(learnedAdjustments.adjustments()))
                .findFirst();
    }

    /** The adjustments for the gateway at this address, if it still is the same device. */
    public Set<Adjustment> learned(InetAddress gateway, String device) {
        return learned.stream()
                .filter(one -> one.isAbout(gateway, device))
                .findFirst()
                .map(LearnedAdjustments::adjustments)
                .orElse(Set.of());
    }

    /** With {@code rule} in the place of an older rule for the same port. */
    public Snapshot with(ManualRule rule) {
        List<ManualRule> all = new ArrayList<>(withoutHandMade(rule.protocol(), rule.externalPort()).manualRules);
        all.add(rule);
        return new Snapshot(desiredMappings, mappingRecords, learned, all, newer);
    }

    public Snapshot withoutHandMade(TransportProtocol protocol, Port externalPort) {
        return new Snapshot(
                desiredMappings,
                mappingRecords,
                learned,
                manualRules.stream()
                        .filter(rule -> !rule.isFor(protocol, externalPort))
                        .toList(),
                newer);
    }
}
