package dev.ajar.keeper.model;

/** Which mappings stay open on the routers when a keeper ends. */
public enum ShutdownPolicy {
    CLOSE_ALL,
    /** Mappings that end by themselves. */
    KEEP_LEASES,
    /** All but those of programs that end with it: as if it had never kept them. */
    KEEP_ALL;

    /** @param leases whether mappings that end by themselves stay open */
    public static ShutdownPolicy of(boolean leases) {
        return leases ? KEEP_LEASES : CLOSE_ALL;
    }
}
