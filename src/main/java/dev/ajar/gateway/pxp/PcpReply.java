package dev.ajar.gateway.pxp;

import java.net.InetAddress;
import java.util.Optional;

/**
 * A MAP response.
 *
 * @param result code, RFC 6887 section 7.4; 0 is success
 * @param lifetimeSeconds of the mapping; in an error, how long not to ask again
 * @param epoch seconds since the server's table began (section 8.5)
 * @param externalAddress as assigned; in an error whatever the server put there
 */
record PcpReply(int result, long lifetimeSeconds, long epoch, int externalPort, Optional<InetAddress> externalAddress) {
    private static final int MALFORMED_REQUEST = 3;
    private static final int UNSUPP_OPTION = 5;
    private static final int MALFORMED_OPTION = 6;
    private static final int ADDRESS_MISMATCH = 12;

    /** Whether the server sees the request as coming from another address than the client's. */
    boolean isAddressMismatch() {
        return result == ADDRESS_MISMATCH;
    }

    /** Whether what stood behind the request is what the server stumbles over. */
    boolean isOptionRefused() {
        return result == MALFORMED_REQUEST || result == UNSUPP_OPTION || result == MALFORMED_OPTION;
    }
}
