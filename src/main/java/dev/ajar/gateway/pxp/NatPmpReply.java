package dev.ajar.gateway.pxp;

import java.net.InetAddress;
import java.util.Optional;

/** What a NAT-PMP server answers. */
sealed interface NatPmpReply {
    /** Result code, RFC 6886 section 3.5; 0 is success. */
    int result();

    /** Seconds since the server's table began (section 3.6). */
    long epoch();

    /** @param address empty in an error, and when the server has none (0.0.0.0) */
    record Address(int result, long epoch, Optional<InetAddress> address) implements NatPmpReply {}

    record Mapped(int result, long epoch, int externalPort, long lifetimeSeconds) implements NatPmpReply {}
}
