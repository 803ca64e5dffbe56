package dev.ajar.system.machine;

import java.net.InetAddress;
import java.util.Optional;

/** The kernel's own answer to which way a packet takes. */
public sealed interface KernelRoute {
    /**
     * @param source the address it leaves with
     * @param interfaceName the interface it leaves by, as far as known: with {@link Machine.Depth#PLAIN}, the one that
     *     has the source
     * @param nextHop where it is sent on the link; empty where the destination is on the link, or was not asked for
     * @param table the table that a rule chose; empty for the usual ones
     */
    record Known(InetAddress source, String interfaceName, Optional<InetAddress> nextHop, Optional<String> table)
            implements KernelRoute {
        /** By the usual tables. */
        public Known(InetAddress source, String interfaceName, Optional<InetAddress> nextHop) {
            this(source, interfaceName, nextHop, Optional.empty());
        }
    }

    /** The kernel has no route. */
    record Unreachable() implements KernelRoute {}

    /** The system was not asked, or did not answer. */
    record CannotBeTold() implements KernelRoute {}

    /** @return empty where it is not known */
    default Optional<Known> known() {
        return switch (this) {
            case Known way -> Optional.of(way);
            case Unreachable ignored -> Optional.empty();
            case CannotBeTold ignored -> Optional.empty();
        };
    }

    /** Whether both leave by the same interface to the same next hop, or both not at all. */
    default boolean leadsAs(KernelRoute other) {
        return switch (this) {
            case Known way ->
                other.known()
                        .filter(its -> its.interfaceName().equals(way.interfaceName())
                                && its.nextHop().equals(way.nextHop()))
                        .isPresent();
            case Unreachable ignored -> other instanceof Unreachable;
            case CannotBeTold ignored -> other instanceof CannotBeTold;
        };
    }
}
