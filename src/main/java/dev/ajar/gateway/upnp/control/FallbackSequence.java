package dev.ajar.gateway.upnp.control;

import dev.ajar.catalog.Quirks;
import dev.ajar.model.Adjustment;
import dev.ajar.model.Mapping;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which request comes after one that was refused. Everything is tried once on each external port, and only so many
 * ports, so it ends.
 */
final class FallbackSequence {
    private static final int MOST_PORTS = 10;

    /** After so many ports that were refused with every lease, the lease is not the reason. */
    private static final int LEASE_TRIED_ON = 2;

    /** After so many refused ports, those near them are likely to be refused too: then the next is far away. */
    private static final int NEARBY = 1;

    /** What is tried again with another port or another name. */
    private static final Set<Adjustment> ABOUT_THE_LEASE =
            Set.of(Adjustment.PERMANENT_LEASE, Adjustment.LONGEST_LEASE, Adjustment.AS_BEFORE);

    /** A new name comes with the desired lease, so an adjustment of the lease must come after it. */
    private static final List<Adjustment> NAME_FIRST =
            List.of(Adjustment.PLAIN_DESCRIPTION, Adjustment.PERMANENT_LEASE, Adjustment.LONGEST_LEASE);

    private final Supplier<Quirks> quirks;
    private final Mapping desired;
    private Set<Adjustment> learned;
    private boolean byAddPortMapping;
    private final Set<Adjustment> exhausted = EnumSet.noneOf(Adjustment.class);
    private int ports = 1;

    /** Ports that the router refused without showing who has them. */
    private int refusedPorts;

    /** Whether asking for another lease changed nothing, on two ports. */
    private boolean leaseIsNotIt;

    /**
     * @param quirks read when the router first refuses
     * @param learned the changes without which the router refused last time
     */
    FallbackSequence(Supplier<Quirks> quirks, Mapping desired, Set<Adjustment> learned) {
        this.quirks = quirks;
        this.desired = desired;
        this.learned = learned;
        byAddPortMapping = learned.contains(Adjustment.ADD_PORT_MAPPING);
    }

    /** AddAnyPortMapping got no answer, and reserved nothing: it is not asked for again. */
    void withoutAddAny() {
        byAddPortMapping = true;
    }

    /** The desired mapping, asked for in the way that worked last time. */
    PortMappingRequest first(PortMappingRequest plain) {
        PortMappingRequest request = plain;
        for (Adjustment adjustment : NAME_FIRST) {
            Optional<PortMappingRequest> adjusted =
                    learned.contains(adjustment) ? request.adjusted(adjustment, desired) : Optional.empty();
            if (adjusted.isPresent()) {
                request = adjusted.get();
                exhausted.add(adjustment);
            }
        }
        return request;
    }

    /**
     * @param code the router's; empty when it gave none
     * @param seenTaken whether the router's table shows who has the port
     */
    Optional<PortMappingRequest> next(PortMappingRequest refused, Optional<Integer> code, boolean seenTaken) {
        Set<Adjustment> out = EnumSet.copyOf(exhausted);
        Optional<Adjustment> choice = quirks.get().after(code, out);
        while (choice.isPresent()) {
            Optional<PortMappingRequest> next = refused.adjusted(choice.get(), desired);
            if (next.isPresent()) {
                return Optional.of(noted(choice.get(), next.get(), seenTaken));
            }
            out.add(choice.get());
            choice = quirks.get().after(code, out);
        }
        return unlearnt(refused, code);
    }

    /** Where the learned adjustments are refused, the desired mapping is tried as it is: firmware changes. */
    private Optional<PortMappingRequest> unlearnt(PortMappingRequest refused, Optional<Integer> code) {
        boolean clear = code.filter(
                        known -> UpnpErrors.isConflict(known) || quirks.get().isFinal(known))
                .isPresent();
        if (learned.isEmpty() || clear) {
            return Optional.empty();
        }
        learned = Set.of();
        exhausted.removeAll(NAME_FIRST);
        PortMappingRequest plain = refused.asDesired(desired);
        return plain.equals(refused) ? Optional.empty() : Optional.of(plain);
    }

    private PortMappingRequest noted(Adjustment adjustment, PortMappingRequest next, boolean seenTaken) {
        if (adjustment == Adjustment.PLAIN_DESCRIPTION) {
            exhausted.removeAll(ABOUT_THE_LEASE);
        }
        if (adjustment != Adjustment.NEXT_EXTERNAL_PORT) {
            exhausted.add(adjustment);
            return next;
        }
        ports++;
        refusedPorts += seenTaken ? 0 : 1;
        leaseIsNotIt |= refusedPorts == LEASE_TRIED_ON && exhausted.contains(Adjustment.PERMANENT_LEASE);
        if (!leaseIsNotIt) {
            exhausted.removeAll(ABOUT_THE_LEASE);
        }
        if (ports >= MOST_PORTS) {
            exhausted.add(Adjustment.NEXT_EXTERNAL_PORT);
        }
        return first(refusedPorts > NEARBY && !seenTaken ? next.spread(refusedPorts) : next);
    }

    /** Whether the router may be left to choose, which it is asked for once. */
    boolean mayAskForAny() {
        return ports == 1 && !byAddPortMapping;
    }

    /** The adjustments to remember; those that made no difference this time are kept. */
    Set<Adjustment> learnt(PortMappingRequest granted) {
        Set<Adjustment> learnt = granted.learned(desired);
        learned.stream()
                .filter(adjustment -> PortMappingRequest.isMoot(adjustment, desired))
                .forEach(learnt::add);
        if (byAddPortMapping) {
            learnt.add(Adjustment.ADD_PORT_MAPPING);
        }
        return learnt;
    }
}
