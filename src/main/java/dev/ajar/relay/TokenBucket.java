package dev.ajar.relay;

/** A rate limit that allows short bursts. Not for several threads. */
public final class TokenBucket {
    private static final long SECOND = 1_000_000_000L;

    private final long perSecond;
    private final long burst;
    private long tokens;
    private long since;

    /**
     * @param perSecond 0 for no limit
     * @param now nanoseconds of a monotonic clock
     */
    public TokenBucket(long perSecond, long burst, long now) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.since = now;
    }

    public boolean take(long now) {
        if (perSecond == 0) {
            return true;
        }
        refill(now);
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    private void refill(long now) {
        long passed = Math.min(now - since, SECOND * (burst / perSecond + 1));
        long fresh = passed * perSecond / SECOND;
        if (fresh > 0) {
            tokens = Math.min(burst, tokens + fresh);
            // What is too little for a token counts next time.
            since = tokens == burst ? now : since + fresh * SECOND / perSecond;
        }
    }

    /** @param share of the burst, from 0 to 1 */
    public boolean hasMoreThan(double share, long now) {
        if (perSecond == 0) {
            return true;
        }
        refill(now);
        return tokens > burst * share;
    }

    /** Whether nothing would be lost by forgetting it. */
    public boolean isFull(long now) {
        return perSecond == 0 || tokens + (now - since) * perSecond / SECOND >= burst;
    }
}
