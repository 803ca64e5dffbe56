package dev.ajar.model;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses from text and bytes, without ever asking a name server. */
public final class Addresses {
    private Addresses() {}

    /** An address of 4 or 16 bytes; empty for any other length. */
    public static Optional<InetAddress> of(byte[] bytes) {
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** A dotted IPv4 address in its plain form: four decimal numbers without leading zeros. */
    public static Optional<InetAddress> ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            boolean plain =
                    !part.isEmpty()
                            && part.length() <= 3
                            && part.chars().allMatch(c -> c >= '0' && c <= '9')
                            && (part.length() == 1 || part.charAt(0) != '0');
            if (!plain || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
            bytes[i] = (byte) Integer.parseInt(part);
        }
        return of(bytes);
    }
}
