package dev.ajar.system.host;

/** Whether a condition holds. Of several, the least certain one decides. */
enum WindowsMatch {
    NO,
    /** ajar cannot tell. */
    MAYBE,
    YES;

    WindowsMatch and(WindowsMatch other) {
        return compareTo(other) < 0 ? this : other;
    }

    static WindowsMatch of(boolean known) {
        return known ? YES : NO;
    }
}
