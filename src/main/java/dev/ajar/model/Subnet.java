package dev.ajar.model;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Addresses that share their first bits (RFC 4632, RFC 4291 section 2.3).
 *
 * @param network its first address
 * @param prefixLength how many bits they share
 */
public record Subnet(InetAddress network, int prefixLength) {
    /** @throws IllegalArgumentException if no such prefix fits the address */
    public Subnet {
        byte[] bytes = network.getAddress();
        if (prefixLength < 0 || prefixLength > bytes.length * 8) {
            throw new IllegalArgumentException("no such prefix length: " + prefixLength);
        }
        for (int bit = prefixLength; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        network = Addresses.of(bytes).orElse(network);
    }

    /** Reads {@code 192.168.1.0/24}, {@code 2001:db8::/32} or a single address; empty for other text. */
    public static Optional<Subnet> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        Optional<InetAddress> network = Addresses.parse(address);
        int longest = network.map(found -> found.getAddress().length * 8).orElse(0);
        String length = slash < 0 ? Integer.toString(longest) : text.substring(slash + 1);
        boolean fits = length.matches("\\d{1,3}") && Integer.parseInt(length) <= longest;
        return fits ? network.map(found -> new Subnet(found, Integer.parseInt(length))) : Optional.empty();
    }

    /** Whether {@code address} is one of them; false for the other IP version. */
    public boolean contains(InetAddress address) {
        byte[] a = address.getAddress();
        byte[] b = network.getAddress();
        if (a.length != b.length) {
            return false;
        }
        int whole = prefixLength / 8;
        for (int i = 0; i < whole; i++) {
            if (a[i] != b[i]) {
                return false;
            }
        }
        int rest = prefixLength % 8;
        return rest == 0 || ((a[whole] ^ b[whole]) & 0xff00 >> rest & 0xff) == 0;
    }

    /** Its address, if it has only one. */
    public Optional<InetAddress> single() {
        return prefixLength == network.getAddress().length * 8 ? Optional.of(network) : Optional.empty();
    }

    /** The text for people, without the length for a single address. */
    public String text() {
        return single().map(Addresses::text).orElseGet(this::toString);
    }

    @Override
    public String toString() {
        return Addresses.text(network) + "/" + prefixLength;
    }
}
