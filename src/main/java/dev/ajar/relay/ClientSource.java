package dev.ajar.relay;

import dev.ajar.model.Addresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A source of connections, for counting: an IPv4 address, or the /64 of an IPv6 address, since one site has all
 * addresses of a /64 (RFC 6177).
 *
 * @param bits the address, or its first half
 * @param v6 whether it is half an IPv6 address
 */
public record ClientSource(long bits, boolean v6) {
    /** For people: {@code 203.0.113.7}, or {@code 2001:db8:1:2::/64}. */
    String text() {
        byte[] bytes = new byte[v6 ? 16 : 4];
        for (int i = 0; i < (v6 ? 8 : 4); i++) {
            bytes[i] = (byte) (bits >>> (((v6 ? 7 : 3) - i) * Byte.SIZE));
        }
        try {
            String address = Addresses.text(InetAddress.getByAddress(bytes));
            return v6 ? address + "/64" : address;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

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
