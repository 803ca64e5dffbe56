package dev.ajar.keeper;

/** What stays open on the routers when a keeper ends. */
public enum Leaving {
    NOTHING,
    /** Mappings that end by themselves. */
    LEASES,
    /** All but those of programs that end with it: as if it had never kept them. */
    ALL;

    /** @param leases whether mappings that end by themselves stay open */
    public static Leaving of(boolean leases) {
        return leases ? LEASES : NOTHING;
    }
}
