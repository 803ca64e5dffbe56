package dev.ajar.gateway;

import java.util.Locale;

/**
 * One thing that was tried while searching, so that "no router found" always comes with its reasons.
 *
 * @param protocol {@code PCP}, {@code NAT-PMP}, {@code SSDP} or {@code UPnP description}
 * @param asked what was asked of whom, for people
 * @param detail what came of it, for people
 */
public record ProbeAttempt(String interfaceName, String protocol, String asked, ProbeOutcome outcome, String detail) {
    /** The protocol of attempts to fetch a root description. */
    public static final String DESCRIPTION = "UPnP description";

    /** What came of it. */
    public enum ProbeOutcome {
        ANSWERED,
        /** Nothing came back in time. */
        SILENT,
        /** A quick no: ICMP, or a refused connection. */
        UNREACHABLE,
        /** A gateway answered that has no way to map ports. */
        INCAPABLE,
        /** Something came back that ajar will not use. */
        REJECTED;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
