package dev.ajar.system.machine;

/** How an answer to a friend on the internet leaves this machine, where not by the router that the question came through. */
public sealed interface Detour {
    /** That of every answer, as far as the kernel tells. */
    sealed interface OfAll extends Detour {}

    /** By a tunnel: the other end sends it on from another address, or drops it. */
    record ByTunnel(String interfaceName) implements OfAll {}

    /** By another link, to another router. */
    record ByOtherLink(String interfaceName) implements OfAll {}

    /** Not at all: the kernel has no route for it. */
    record Nowhere() implements OfAll {}

    /**
     * Only answers that a rule tells apart take it. Whether the server's are among them cannot be told.
     *
     * @param rule what they have in common, as the system's program writes it
     */
    record OfSome(OfAll way, String rule) implements Detour {}

    /**
     * All but answers that a rule tells apart take it; those leave by the router. Whether the server's are among them cannot
     * be told.
     *
     * @param rule what they have in common, as the system's program writes it
     */
    record ExceptSome(OfAll way, String rule) implements Detour {}

    /** Whether the kernel tells it of the server's answers, whichever program that is. */
    default boolean isCertain() {
        return this instanceof OfAll;
    }
}
