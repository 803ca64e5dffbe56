package dev.ajar.api;

import java.util.List;

/**
 * What keeps a port from being reached, found by looking at this machine and its router.
 *
 * @param cause its name for programs, such as {@code all_well}, {@code second_router} or {@code host_firewall}; ajar's
 *     {@code docs/doctor.md} explains each, and later versions may add some
 * @param certain whether it was seen, and not only concluded
 * @param sentence what is wrong, for people
 * @param advice the one next step, for people
 * @param seen what leads to that, for people
 */
public record Diagnosis(String cause, boolean certain, String sentence, String advice, List<String> seen) {
    /** Copies the list. */
    public Diagnosis {
        seen = List.copyOf(seen);
    }

    /** {@return whether nothing is in the way, as far as can be seen from this machine} */
    public boolean isAllWell() {
        return cause.equals("all_well");
    }
}
