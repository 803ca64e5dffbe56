package dev.ajar.system.machine;

/** How an answer to a friend on the internet leaves this machine, where not by the router that the question came through. */
public sealed interface Detour {
    /** By a tunnel: the other end sends it on from another address, or drops it. */
    record ByTunnel(String interfaceName) implements Detour {}

    /** By another link, to another router. */
    record ByOtherLink(String interfaceName) implements Detour {}

    /** Not at all: the kernel has no route for it. */
    record Nowhere() implements Detour {}
}
