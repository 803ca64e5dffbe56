package dev.ajar.keeper.decision;

import dev.ajar.keeper.model.MappingState;
import dev.ajar.keeper.model.TrackedMapping;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.state.DesiredMapping;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Tells the mappings over IPv6 that are desired beside the same ones over IPv4, as commands and the configuration
 * desire them. A network without IPv6 is no failure of theirs.
 */
public final class DualStack {
    private DualStack() {}

    /** Without those for which this network has no IPv6. */
    public static List<TrackedMapping> withoutAbsent(Collection<TrackedMapping> all) {
        return without(
                all, inactive -> inactive.why().filter(DualStack::isAbsent).isPresent());
    }

    /** Without those that are not open, for what counts whether all is well. */
    public static List<TrackedMapping> withoutClosed(Collection<TrackedMapping> all) {
        return without(all, inactive -> true);
    }

    private static List<TrackedMapping> without(Collection<TrackedMapping> all, Predicate<MappingState.Inactive> left) {
        return all.stream()
                .filter(one -> !(one.state() instanceof MappingState.Inactive inactive
                        && left.test(inactive)
                        && isBeside(one.desired(), all)))
                .toList();
    }

    /** Whether a failure of it is none: the network has no IPv6. */
    static boolean isAbsent(DesiredMapping desired, Failure failure, Collection<TrackedMapping> all) {
        return isAbsent(failure) && isBeside(desired, all);
    }

    private static boolean isAbsent(Failure failure) {
        return failure instanceof Failure.NoIpv6;
    }

    /** Whether one of {@code all} is desired over IPv4 for the same. */
    public static boolean isBeside(DesiredMapping desired, Collection<TrackedMapping> all) {
        return desired.selection().ipVersion() == IpVersion.IPV6
                && all.stream().map(TrackedMapping::desired).anyMatch(desired::isBeside);
    }
}
