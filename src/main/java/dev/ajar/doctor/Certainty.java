package dev.ajar.doctor;

import java.util.Locale;

/** How sure a verdict is. */
public enum Certainty {
    /** It was seen. */
    CERTAIN,
    /** Nothing speaks against it. */
    LIKELY,
    /** Two causes look the same from inside; the verdict names both. */
    CANNOT_TELL;

    /** The name in JSON. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
