package dev.ajar.system.udp;

/** What became of a datagram, as far as this machine can tell. */
public enum SendResult {
    /** It left, or the system says nothing else. */
    SENT,
    /** It did not leave now; the next one may. */
    LOST,
    /** This machine's own firewall does not let it out, so waiting for an answer is no use. */
    KEPT_IN
}
