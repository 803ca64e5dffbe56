package dev.ajar.gateway.pxp;

import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingTraits;
import java.util.HexFormat;
import java.util.Map;

/**
 * The 96-bit mapping nonce of PCP; renewal and deletion must repeat it (RFC 6887 section 11.1).
 *
 * @param hex 24 lower-case hexadecimal digits
 */
record PcpNonce(String hex) implements LeaseHandle {
    static final int BYTES = 12;

    PcpNonce {
        if (!hex.matches("[0-9a-f]{24}")) {
            throw new IllegalArgumentException("a PCP nonce has 24 hexadecimal digits");
        }
    }

    static PcpNonce of(byte[] bytes) {
        return new PcpNonce(HexFormat.of().formatHex(bytes));
    }

    static PcpNonce read(Map<String, Object> members) {
        return new PcpNonce(String.valueOf(members.get("nonce")));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public Map<String, Object> members() {
        return Map.of("nonce", hex);
    }

    @Override
    public MappingTraits traits() {
        return PxpProtocols.MAPPINGS;
    }

    /** The nonce is the key to the mapping, so it stays out of logs. */
    @Override
    public String toString() {
        return "PcpNonce[hidden]";
    }
}
