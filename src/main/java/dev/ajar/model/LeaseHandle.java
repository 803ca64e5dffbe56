package dev.ajar.model;

import java.net.URI;
import java.util.HexFormat;

/** The data with which another process can identify the mapping later, depending on the protocol. */
public sealed interface LeaseHandle {
    /**
     * PCP: the 96-bit mapping nonce; renewal and deletion must repeat it (RFC 6887 section 11.1).
     *
     * @param hex 24 lower-case hexadecimal digits
     */
    record PcpNonce(String hex) implements LeaseHandle {
        public static final int BYTES = 12;

        public PcpNonce {
            if (!hex.matches("[0-9a-f]{24}")) {
                throw new IllegalArgumentException("a PCP nonce has 24 hexadecimal digits");
            }
        }

        public static PcpNonce of(byte[] bytes) {
            return new PcpNonce(HexFormat.of().formatHex(bytes));
        }

        public byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }

        /** The nonce is the key to the mapping, so it stays out of logs. */
        @Override
        public String toString() {
            return "PcpNonce[hidden]";
        }
    }

    /** NAT-PMP: address and internal port identify the mapping, so it needs no data. */
    record NatPmpClient() implements LeaseHandle {}

    /**
     * UPnP.
     *
     * @param location the URL of the description, so that no search is needed while the router keeps it there
     * @param mark distinguishes this entry from those of other machines: see {@link EntryName}; empty in state files older than it
     */
    record UpnpEntry(URI location, String mark) implements LeaseHandle {}

    /**
     * A pinhole in an IPv6 firewall (WANIPv6FirewallControl:1). Its UniqueID is not saved, because it is void after a
     * restart of the router, and asking for the same pinhole again returns it.
     *
     * @param location the URL of the description
     */
    record Pinhole(URI location) implements LeaseHandle {}
}
