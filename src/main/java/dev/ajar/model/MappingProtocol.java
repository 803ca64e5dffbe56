package dev.ajar.model;

import java.util.Locale;

/** The protocols for asking a gateway for a mapping, in order of preference. */
public enum MappingProtocol {
    /** Port Control Protocol, RFC 6887. */
    PCP("PCP"),
    /** NAT Port Mapping Protocol, RFC 6886. */
    NAT_PMP("NAT-PMP"),
    /** UPnP Internet Gateway Device, WANIPConnection and WANPPPConnection. */
    UPNP("UPnP IGD");

    private final String title;

    MappingProtocol(String title) {
        this.title = title;
    }

    /** The name for people. */
    public String title() {
        return title;
    }

    /** The name in JSON and in the state file: {@code nat_pmp}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
