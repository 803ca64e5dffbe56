package dev.ajar.gateway.pxp;

import dev.ajar.model.MappingProtocol;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Decides from a server's answers which protocols it speaks. Pure. */
final class PxpProbe {
    /** RFC 6886 section 3.5: what a NAT-PMP server answers to version 2. */
    private static final int UNSUPPORTED_VERSION = 1;

    private final Set<MappingProtocol> wanted;
    private final Set<MappingProtocol> spoken = new HashSet<>();
    private boolean pcpDenied;
    private Optional<NatPmpReply.Address> address = Optional.empty();

    /**
     * A refusal in PCP's framing. To NAT-PMP's question it means that PCP is spoken (tailscale/tailscale#2563), to
     * PCP's own that it is not; which of the two it answers cannot be told, but a server of NAT-PMP will answer that as
     * well.
     */
    private boolean framedAsPcp;

    /** @param wanted of the two protocols, those to ask in */
    PxpProbe(Set<MappingProtocol> wanted) {
        this.wanted = Set.copyOf(wanted);
    }

    boolean wants(MappingProtocol method) {
        return wanted.contains(method);
    }

    /** Takes one packet of the server into account. */
    void hear(byte[] packet) {
        Optional<NatPmpReply.Address> told =
                NatPmpCodec.readAddress(packet).filter(reply -> reply.result() != UNSUPPORTED_VERSION);
        address = told.or(() -> address);
        if (PcpCodec.isVersionRefused(packet)) {
            framedAsPcp = true;
        } else if (PcpCodec.isPcpReply(packet)) {
            spoken.add(PxpProtocols.PCP);
        } else if (told.isPresent() && !wants(PxpProtocols.NAT_PMP)) {
            pcpDenied = true;
        } else if (told.isPresent()) {
            // PCP may be spoken too: some servers answer every request of another version like this.
            spoken.add(PxpProtocols.NAT_PMP);
        } else if (PcpCodec.isNatPmpSaying(packet)) {
            pcpDenied = true;
        }
    }

    /** The best protocol that can still turn up has turned up. */
    boolean isSettled() {
        return spoken.contains(PxpProtocols.PCP)
                || (spoken.contains(PxpProtocols.NAT_PMP) && (pcpDenied || framedAsPcp || !wants(PxpProtocols.PCP)));
    }

    /** Everything that was asked has been answered. */
    boolean isComplete() {
        return wanted.stream()
                .allMatch(method -> isSpoken(method) || (method.equals(PxpProtocols.PCP) && isPcpDenied()));
    }

    boolean hasAnswer() {
        return !spoken.isEmpty() || framedAsPcp;
    }

    boolean isSpoken(MappingProtocol method) {
        boolean perhaps = method.equals(PxpProtocols.PCP) && framedAsPcp && !spoken.contains(PxpProtocols.NAT_PMP);
        return spoken.contains(method) || perhaps;
    }

    /** What the server said of its address. */
    Optional<NatPmpReply.Address> address() {
        return address;
    }

    boolean isPcpDenied() {
        return pcpDenied || (framedAsPcp && spoken.contains(PxpProtocols.NAT_PMP));
    }
}
