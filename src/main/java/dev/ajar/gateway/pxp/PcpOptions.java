package dev.ajar.gateway.pxp;

import dev.ajar.model.Subnet;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.Optional;

/**
 * The options of a MAP request (RFC 6887 section 13).
 *
 * @param thirdParty the device the mapping is for, where that is not the one that asks
 * @param preferFailure whether no port at all is better than another one
 * @param filter the addresses that may connect; empty for all
 */
record PcpOptions(Optional<InetAddress> thirdParty, boolean preferFailure, Optional<Subnet> filter) {
    static final PcpOptions NONE = new PcpOptions(Optional.empty(), false, Optional.empty());

    private static final int THIRD_PARTY = 1;
    private static final int PREFER_FAILURE = 2;
    private static final int FILTER = 3;

    /** Of a prefix of IPv4 in a field made for IPv6. */
    private static final int MAPPED_PREFIX = 96;

    PcpOptions withoutPreference() {
        return new PcpOptions(thirdParty, false, filter);
    }

    /** The bytes behind the request, each option with its header of code, zero and length. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        thirdParty.ifPresent(device -> {
            header(out, THIRD_PARTY, 16);
            out.writeBytes(PcpCodec.as16Bytes(device));
        });
        if (preferFailure) {
            header(out, PREFER_FAILURE, 0);
        }
        filter.ifPresent(some -> filter(out, some));
        return out.toByteArray();
    }

    private static void filter(ByteArrayOutputStream out, Subnet some) {
        header(out, FILTER, 20);
        boolean mapped = some.network().getAddress().length == 4;
        out.write(0);
        out.write(some.prefixLength() + (mapped ? MAPPED_PREFIX : 0));
        // From any remote port.
        out.write(0);
        out.write(0);
        out.writeBytes(PcpCodec.as16Bytes(some.network()));
    }

    private static void header(ByteArrayOutputStream out, int code, int length) {
        out.write(code);
        out.write(0);
        out.write(0);
        out.write(length);
    }
}
