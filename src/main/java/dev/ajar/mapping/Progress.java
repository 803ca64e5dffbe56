package dev.ajar.mapping;

/** Told what is being done, for people who wait. */
@FunctionalInterface
public interface Progress {
    Progress SILENT = step -> {};

    /**
     * Says what is being done now.
     *
     * @param step in the progressive: {@code looking for the router}
     */
    void begins(String step);

    /** Nothing is being waited for any more. */
    default void ends() {}
}
