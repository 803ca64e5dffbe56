package dev.ajar.system.machine;

import java.net.InetAddress;
import java.util.Optional;

/**
 * How an answer to a friend on the internet leaves this machine, where not by the router that the question came
 * through.
 */
public sealed interface AnswerRoute {
    /** That of every answer, as far as the kernel tells. */
    sealed interface OfAll extends AnswerRoute {}

    /** By a tunnel: the other end sends it on from another address, or drops it. */
    record ByTunnel(String interfaceName) implements OfAll {}

    /** By another link, to another router. */
    record ByOtherLink(String interfaceName) implements OfAll {}

    /**
     * By another router on the same link.
     *
     * @param router its address
     */
    record ByOtherRouter(InetAddress router) implements OfAll {}

    /** Not at all: the kernel has no route for it. */
    record Nowhere() implements OfAll {}

    /**
     * Only answers that a rule tells apart take it. Whether the server's are among them cannot be told.
     *
     * @param rule what they have in common, as the system's program writes it
     */
    record OfSome(OfAll way, String rule) implements AnswerRoute {}

    /**
     * All but answers that a rule tells apart take it; those leave by the router. Whether the server's are among them
     * cannot be told.
     *
     * @param rule what they have in common, as the system's program writes it
     */
    record ExceptSome(OfAll way, String rule) implements AnswerRoute {}

    /** Answers to some of the internet's addresses take it: to half of them, or by one of several next hops. */
    record ToSome(OfAll way) implements AnswerRoute {}

    /**
     * Whether answers leave by the router cannot be told.
     *
     * @param rule which of them, as the system's program writes it; empty for all of them
     */
    record NotTold(Optional<String> rule) implements AnswerRoute {}

    /** Whether the kernel tells it of the server's answers, whichever program that is. */
    default boolean isCertain() {
        return switch (this) {
            case OfAll ignored -> true;
            case ToSome ignored -> true;
            case OfSome ignored -> false;
            case ExceptSome ignored -> false;
            case NotTold ignored -> false;
        };
    }
}
