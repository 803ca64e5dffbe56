package dev.ajar.gateway.pxp;

import dev.ajar.model.Method;
import java.util.EnumSet;
import java.util.Set;

/** What the answers so far say about a server's protocols. Pure: bytes in, verdict out. */
final class PxpProbe {
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
        if (PcpCodec.isPcpReply(packet)) {
            spoken.add(Method.PCP);
        } else if (NatPmpCodec.readAddress(packet).isPresent()) {
            spoken.add(Method.NAT_PMP);
            // Some servers answer everything of another version so, even an ANNOUNCE: no proof against PCP.
        } else if (PcpCodec.isNatPmpSaying(packet)) {
            pcpDenied = true;
        }
    }

    /** The best protocol that can still turn up has turned up. */
    boolean isSettled() {
        return spoken.contains(Method.PCP) || (spoken.contains(Method.NAT_PMP) && (pcpDenied || !wants(Method.PCP)));
    }

    /** Everything that was asked has been answered. */
    boolean isComplete() {
        return wanted.stream().allMatch(method -> isSpoken(method) || (method == Method.PCP && pcpDenied));
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
