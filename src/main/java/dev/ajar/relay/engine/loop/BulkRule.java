package dev.ajar.relay.engine.loop;

/**
 * When a direction goes through a pipe instead of being copied.
 *
 * @param reads so many in a row make it bulk, or end that
 * @param large bytes of a read that speaks for it
 * @param small a read of fewer bytes speaks against it
 */
public record BulkRule(int reads, int large, int small) {
    /** Splicing small messages takes longer than copying them. */
    public static final BulkRule STANDARD = new BulkRule(8, 32 * 1024, 4 * 1024);
}
