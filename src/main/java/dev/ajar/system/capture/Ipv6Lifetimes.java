package dev.ajar.system.capture;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.OwnAddress;
import dev.ajar.system.machine.OwnAddress.Lifetime;
import dev.ajar.system.machine.OwnAddress.Scope;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which IPv6 addresses are meant to last, on systems that do not tell the JDK. */
final class Ipv6Lifetimes {
    private static final int NETWORK_BYTES = 8;

    private Ipv6Lifetimes() {}

    /**
     * As macOS and the BSDs print them ({@code ifconfig -a}):
     * {@code inet6 2001:db8::1 prefixlen 64 autoconf temporary}. An address that is not in the text stays as it is.
     */
    static List<OwnAddress> told(List<OwnAddress> addresses, String ifconfig) {
        Map<InetAddress, Lifetime> told = new HashMap<>();
        for (String line : ifconfig.lines().toList()) {
            List<String> words = List.of(line.strip().split("\\s+"));
            if (words.size() > 1 && words.getFirst().equals("inet6")) {
                Addresses.ipv6(words.get(1).replaceFirst("%.*", ""))
                        .ifPresent(address -> told.put(address, lifetime(words.subList(2, words.size()))));
            }
        }
        return addresses.stream()
                .map(own -> with(own, told.getOrDefault(own.address(), own.lifetime())))
                .toList();
    }

    private static Lifetime lifetime(List<String> words) {
        if (words.contains("tentative") || words.contains("duplicated") || words.contains("detached")) {
            return Lifetime.UNUSABLE;
        }
        if (words.contains("deprecated")) {
            return Lifetime.DEPRECATED;
        }
        return words.contains("temporary") ? Lifetime.TEMPORARY : Lifetime.LASTING;
    }

    /**
     * As Windows chooses them: the lasting address of a network that a router advertises ends like the address that is
     * valid on the link only; temporary ones do not, and stand beside it. Where none ends so, they were set by hand or
     * by a server.
     */
    static List<OwnAddress> concluded(List<OwnAddress> addresses) {
        return addresses.stream()
                .map(own -> isBesideLasting(own, addresses) ? with(own, Lifetime.TEMPORARY) : own)
                .toList();
    }

    private static boolean isBesideLasting(OwnAddress own, List<OwnAddress> addresses) {
        return isGlobalIpv6(own)
                && !endsAsOnLink(own, addresses)
                && addresses.stream()
                        .anyMatch(other -> isGlobalIpv6(other)
                                && other.interfaceName().equals(own.interfaceName())
                                && Arrays.equals(network(other), network(own))
                                && endsAsOnLink(other, addresses));
    }

    private static boolean endsAsOnLink(OwnAddress own, List<OwnAddress> addresses) {
        return addresses.stream()
                .anyMatch(link -> link.scope() == Scope.LINK
                        && link.ipVersion() == IpVersion.IPV6
                        && link.interfaceName().equals(own.interfaceName())
                        && Arrays.equals(identifier(link), identifier(own)));
    }

    private static boolean isGlobalIpv6(OwnAddress own) {
        return own.ipVersion() == IpVersion.IPV6 && own.scope() == Scope.GLOBAL;
    }

    private static byte[] network(OwnAddress own) {
        return Arrays.copyOf(own.address().getAddress(), NETWORK_BYTES);
    }

    /** The part that names this machine's interface (RFC 4291, section 2.5.1). */
    private static byte[] identifier(OwnAddress own) {
        byte[] bytes = own.address().getAddress();
        return Arrays.copyOfRange(bytes, NETWORK_BYTES, bytes.length);
    }

    private static OwnAddress with(OwnAddress own, Lifetime lifetime) {
        return new OwnAddress(
                own.interfaceName(), own.address(), own.prefixLength(), own.scope(), lifetime, own.origin());
    }
}
