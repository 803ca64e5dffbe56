package dev.ajar.web;

import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who may use the page: a token, good once and for 30 seconds, is exchanged for the secret of a session, which lives in
 * the page's memory and here. Thread-safe.
 */
final class PageKeys {
    static final Duration TOKEN_LIFE = Duration.ofSeconds(30);

    /** A page that is left open over night still works in the morning. */
    private static final Duration SESSION_LIFE = Duration.ofHours(24);

    private static final int MOST_TOKENS = 8;
    private static final int MOST_SESSIONS = 16;
    private static final int BYTES = 32;

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Deque<Key> tokens = new ArrayDeque<>();
    private final Deque<Key> sessions = new ArrayDeque<>();

    private record Key(BearerToken word, Duration until) {}

    /** @param random that cannot be predicted */
    PageKeys(Timeline timeline, RandomGenerator random) {
        this.timeline = timeline;
        this.random = random;
    }

    /** A new token. Of too many, the oldest is no longer good. */
    synchronized String token() {
        return added(tokens, TOKEN_LIFE, MOST_TOKENS);
    }

    /** @return the secret of a new session; empty if the token is not good, or no longer */
    synchronized Optional<String> exchange(String token) {
        forgetOld(tokens);
        for (Iterator<Key> all = tokens.iterator(); all.hasNext(); ) {
            if (all.next().word().isSame(token)) {
                all.remove();
                return Optional.of(added(sessions, SESSION_LIFE, MOST_SESSIONS));
            }
        }
        return Optional.empty();
    }

    /** Whether the Authorization header shows the secret of a session. */
    synchronized boolean opens(String authorization) {
        forgetOld(sessions);
        return sessions.stream().anyMatch(key -> key.word().isShownIn(authorization));
    }

    private String added(Deque<Key> keys, Duration life, int most) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String word = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        keys.addLast(new Key(new BearerToken(word), timeline.uptime().plus(life)));
        if (keys.size() > most) {
            keys.removeFirst();
        }
        return word;
    }

    private void forgetOld(Deque<Key> keys) {
        Duration now = timeline.uptime();
        keys.removeIf(key -> key.until().compareTo(now) <= 0);
    }
}
