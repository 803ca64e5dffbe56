package dev.ajar.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The word that a client shows in its Authorization header. */
record BearerToken(String word) {
    private static final String SCHEME = "Bearer ";

    /** Takes the same time for every wrong word of the same length. */
    boolean isShownIn(String authorization) {
        return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && isSame(authorization.substring(SCHEME.length()).strip());
    }

    boolean isSame(String other) {
        return MessageDigest.isEqual(word.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /** Not the word. */
    @Override
    public String toString() {
        return "BearerToken";
    }
}
