package dev.ajar.model;

import java.net.URI;
import java.util.HexFormat;

/** What a protocol needs to find its own mapping again, in another process, days later. */
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

    /** NAT-PMP: the gateway tells its clients apart by address and internal port alone. */
    record NatPmpClient() implements LeaseHandle {}

    /**
     * UPnP: where the description was, so that no new search is needed while the router keeps it there, and what tells
     * our entry from those of other machines.
     *
     * @param mark see {@link EntryName}; empty in state files older than it
     */
    record UpnpEntry(URI location, String mark) implements LeaseHandle {}

    /**
     * A pinhole in an IPv6 firewall (WANIPv6FirewallControl:1). Its UniqueID is not kept: that means nothing once the
     * router has restarted, and asking for the same pinhole again returns it.
     *
     * @param location where the description was
     */
    record Pinhole(URI location) implements LeaseHandle {}
}
