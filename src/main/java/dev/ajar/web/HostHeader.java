package dev.ajar.web;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * The Host header of a request to a loopback address. A page on the internet can make its own name lead to 127.0.0.1
 * (DNS rebinding); the browser then still sends that name.
 */
final class HostHeader {
    private HostHeader() {}

    /** Whether it names loopback, with any port. */
    static boolean isLoopback(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort =
                colon > host.lastIndexOf(']') && host.substring(colon + 1).matches("\\d{1,5}");
        return namesLoopback(hasPort ? host.substring(0, colon) : host);
    }

    /** Whether it names loopback with this port. */
    static boolean isLoopback(String host, int port) {
        String end = ":" + port;
        return host.endsWith(end) && namesLoopback(host.substring(0, host.length() - end.length()));
    }

    private static boolean namesLoopback(String name) {
        if (name.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        Optional<InetAddress> address =
                bracketed ? Addresses.ipv6(name.substring(1, name.length() - 1)) : Addresses.ipv4(name);
        return address.filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
