package dev.ajar.simulator;

import java.util.Map;

/**
 * The rules of the router's table of mappings.
 *
 * @param secure whether a device may only open ports for itself
 * @param onlyPermanent whether it refuses every lease with error 725
 * @param longestLease in seconds; longer ones are cut
 * @param extendsLeases whether adding the same again extends its lease
 * @param longestDescription longer names are cut to so many characters
 * @param firstIndex the index at which its list begins
 * @param mostEntries the size of its table; then error 728
 * @param samePortOnly whether external and internal port must be the same; else error 724
 * @param faults error codes it sends instead of the right ones
 */
public record TableRules(
        boolean secure,
        boolean onlyPermanent,
        long longestLease,
        boolean extendsLeases,
        int longestDescription,
        int firstIndex,
        int mostEntries,
        boolean samePortOnly,
        Map<Integer, Integer> faults) {
    /** A week at most, as IGD:2 has it, and no other limits. */
    static final TableRules USUAL =
            new TableRules(false, false, 604_800, true, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, false, Map.of());

    int code(int right) {
        return faults.getOrDefault(right, right);
    }
}
