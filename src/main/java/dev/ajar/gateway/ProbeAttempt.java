package dev.ajar.gateway;

import dev.ajar.message.Message;
import dev.ajar.model.MappingProtocol;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * One thing that a search has tried, so that "no router answered" always comes with its reasons.
 *
 * @param method the protocol of the gateways it looks for
 * @param asked what was asked, and where
 * @param detail how it ended
 * @param other the router that answered in the place of the one that was asked
 */
public record ProbeAttempt(
        String interfaceName,
        Stage stage,
        MappingProtocol method,
        Message asked,
        ProbeOutcome outcome,
        Message detail,
        Optional<InetAddress> other) {
    public ProbeAttempt(
            String interfaceName,
            Stage stage,
            MappingProtocol method,
            Message asked,
            ProbeOutcome outcome,
            Message detail) {
        this(interfaceName, stage, method, asked, outcome, detail, Optional.empty());
    }

    /** The page of a router that does not answer. */
    private static final String UNHEARD = "http.silent";

    /** How far an attempt goes towards a gateway. */
    public enum Stage {
        /** An SSDP search: an answer says that there is a device, not that it is a gateway. */
        DISCOVERY,
        /** The fetch of a root description. */
        DESCRIPTION,
        /** A question in the protocol that opens ports. */
        PROBE
    }

    /** How an attempt ended. */
    public enum ProbeOutcome {
        ANSWERED,
        /** No answer came in time. */
        SILENT,
        /** This machine was too busy to ask, or to hear the answer, in time: nothing is known of the gateway. */
        UNFINISHED,
        /** It was refused at once: by ICMP, or by a closed port. */
        UNREACHABLE,
        /** A gateway answered that has no way to map ports. */
        INCAPABLE,
        /** An answer came that ajar will not use. */
        REJECTED,
        /** This machine's own firewall did not let the question out. */
        KEPT_IN,
        /** Another router than the one that leads to the internet answered. */
        OTHER_ROUTER;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same, where that router answered. */
    public ProbeAttempt by(InetAddress router) {
        return new ProbeAttempt(interfaceName, stage, method, asked, outcome, detail, Optional.of(router));
    }

    /** Its name in JSON: {@code PCP}, {@code NAT-PMP}, {@code SSDP} or {@code UPnP description}. */
    public String protocol() {
        return switch (stage) {
            case DISCOVERY -> "SSDP";
            case DESCRIPTION -> "UPnP description";
            case PROBE -> method.title();
        };
    }

    /** Whether a gateway has answered, and not just some device. */
    public boolean isGateway() {
        return outcome == ProbeOutcome.ANSWERED && stage != Stage.DISCOVERY;
    }

    /** Whether nothing was heard of what was sent to the router itself: an answer may be to what went to a group. */
    public boolean isUnheard() {
        return outcome == ProbeOutcome.SILENT
                || (outcome == ProbeOutcome.ANSWERED && stage == Stage.DISCOVERY)
                || detail.key().equals(UNHEARD);
    }
}
