package dev.ajar.gateway.pxp;

import dev.ajar.model.Method;

import java.util.EnumSet;
import java.util.Set;

/** What the answers so far say about a server's protocols. Pure: bytes in, verdict out. */
final class PxpProbe {
    /** RFC 6886 section 3.5: what a NAT-PMP server answers to version 2. */
    private static final int UNSUPPORTED_VERSION = 1;

    private final Set<Method> wanted;
    private final Set<Method> spoken = EnumSet.noneOf(Method.class);
    private boolean pcpDenied;

    PxpProbe(Set<Method> wanted) {
        this.wanted = EnumSet.copyOf(wanted);
        this.wanted.remove(Method.UPNP);
    }

    boolean wants(Method method) {
        return wanted.contains(method);
    }

    /** Learns from one packet of the server. */
    void hear(byte[] packet) {
        boolean address =
                NatPmpCodec.readAddress(packet)
                        .filter(reply -> reply.result() != UNSUPPORTED_VERSION)
                        .isPresent();
        if (PcpCodec.isPcpReply(packet)) {
            spoken.add(Method.PCP);
        } else if (address && !wants(Method.NAT_PMP)) {
            pcpDenied = true;
        } else if (address) {
            // No proof against PCP: some servers answer everything of another version so, even an
            // ANNOUNCE.
            spoken.add(Method.NAT_PMP);
        } else if (PcpCodec.isNatPmpSaying(packet)) {
            pcpDenied = true;
        }
    }

    /** The best protocol that can still turn up has turned up. */
    boolean isSettled() {
        return spoken.contains(Method.PCP)
                || (spoken.contains(Method.NAT_PMP) && (pcpDenied || !wants(Method.PCP)));
    }

    /** Everything that was asked has been answered. */
    boolean isComplete() {
        return wanted.stream()
                .allMatch(method -> isSpoken(method) || (method == Method.PCP && pcpDenied));
    }

    boolean hasAnswer() {
        return !spoken.isEmpty();
    }

    boolean isSpoken(Method method) {
        return spoken.contains(method);
    }

    boolean isPcpDenied() {
        return pcpDenied;
    }
}
