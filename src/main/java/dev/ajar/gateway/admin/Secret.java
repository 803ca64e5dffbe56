package dev.ajar.gateway.admin;

import java.util.Arrays;

/** A password, key or token. It is wiped when closed, and does not show itself. */
public final class Secret implements AutoCloseable {
    private final char[] letters;

    /** @param letters are copied, and may be wiped by the caller */
    public Secret(char[] letters) {
        this.letters = letters.clone();
    }

    public boolean isEmpty() {
        return letters.length == 0;
    }

    /** For a request that is about to be sent; not to be kept. */
    public String reveal() {
        return new String(letters);
    }

    @Override
    public void close() {
        Arrays.fill(letters, '\0');
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
