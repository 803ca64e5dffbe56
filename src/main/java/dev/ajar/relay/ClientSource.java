package dev.ajar.relay;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * A source of connections, for counting: an IPv4 address, or the /64 of an IPv6 address, since one site has all addresses of
 * a /64 (RFC 6177).
 *
 * @param bits the address, or its first half
 * @param v6 whether it is half an IPv6 address
 */
public record ClientSource(long bits, boolean v6) {
    public static ClientSource of(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean v4 = address instanceof Inet4Address;
        long bits = 0;
        for (int i = 0; i < (v4 ? 4 : 8); i++) {
            bits = bits << 8 | (bytes[i] & 0xff);
        }
        return new ClientSource(bits, !v4);
    }
}
