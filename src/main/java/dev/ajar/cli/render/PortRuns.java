package dev.ajar.cli.render;

import dev.ajar.model.Port;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Lines that differ in their ports alone, each port the next after the one before, as one line: {@code 50000-50049}.
 */
public final class PortRuns {
    private PortRuns() {}

    /**
     * Some that follow each other.
     *
     * @param last the same as the first where it is alone
     */
    public record Run<T>(T first, T last) {}

    /** @param continues whether the second one follows the first and is like it otherwise */
    public static <T> List<Run<T>> of(List<T> all, BiPredicate<T, T> continues) {
        List<Run<T>> runs = new ArrayList<>();
        for (T one : all) {
            boolean goesOn = !runs.isEmpty() && continues.test(runs.getLast().last(), one);
            T first = goesOn ? runs.removeLast().first() : one;
            runs.add(new Run<>(first, one));
        }
        return List.copyOf(runs);
    }

    /**
     * Of what comes in no order, as the entries of a router's list: in the order of their ports.
     *
     * @param kind the same for those that may be one run
     */
    public static <T> List<Run<T>> sorted(
            List<T> all, Function<T, String> kind, Function<T, Port> port, BiPredicate<T, T> continues) {
        // Written out: a combinator of Comparator is linked anew at each start.
        Comparator<T> byPort = (one, other) -> port.apply(one).compareTo(port.apply(other));
        Comparator<T> byKind = (one, other) -> {
            int order = kind.apply(one).compareTo(kind.apply(other));
            return order == 0 ? byPort.compare(one, other) : order;
        };
        List<T> inOrder = all.stream().sorted(byKind).toList();
        return of(inOrder, continues).stream()
                .sorted((one, other) -> byPort.compare(one.first(), other.first()))
                .toList();
    }

    public static boolean follows(Port before, Port after) {
        return after.number() == before.number() + 1;
    }
}
