package dev.ajar.gateway.upnp.description;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An HTTP address on a router. {@link URI} does not do here: it takes {@code uuid:…/WANIPConnection:1} for a scheme and
 * refuses what many routers send. The host is always the router's, whatever the text says.
 *
 * @param target path and query, beginning with a slash
 */
public record RouterUrl(InetAddress host, int port, String target) {
    private static final int DEFAULT_PORT = 80;
    private static final int LONGEST = 1024;

    /** Ports on which no router speaks HTTP, and where a request could do harm to another service. */
    private static final Set<Integer> NEVER = Set.of(21, 22, 23, 25, 53, 110, 139, 143, 445, 6379, 11211);

    private static final String LITERAL = "-._~:/?#[]@!$&'()*+,;=%";

    /** An absolute {@code http} address with an address as host, never a name; empty for anything else. */
    public static Optional<RouterUrl> parse(String text) {
        String address = text.strip();
        if (address.length() > LONGEST || !address.toLowerCase(Locale.ROOT).startsWith("http://")) {
            return Optional.empty();
        }
        String rest = address.substring("http://".length());
        int end = firstOf(rest, "/?#");
        String authority = rest.substring(0, end);
        int colon = authority.endsWith("]") ? -1 : authority.lastIndexOf(':');
        Optional<InetAddress> host = host(colon < 0 ? authority : authority.substring(0, colon));
        Optional<Integer> port = colon < 0 ? Optional.of(DEFAULT_PORT) : port(authority.substring(colon + 1));
        String target = rest.substring(end);
        return host.flatMap(h -> port.map(p -> new RouterUrl(h, p, rooted(target))));
    }

    /** IPv6 in brackets, without the zone, which is valid on the sender only. */
    private static Optional<InetAddress> host(String text) {
        return text.startsWith("[") && text.endsWith("]")
                ? Addresses.ipv6(text.substring(1, text.length() - 1).replaceFirst("%.*", ""))
                : Addresses.ipv4(text);
    }

    private static Optional<Integer> port(String text) {
        if (!text.matches("\\d{1,5}")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(text);
        return Port.isValid(port) && !NEVER.contains(port) ? Optional.of(port) : Optional.empty();
    }

    private static int firstOf(String text, String marks) {
        for (int i = 0; i < text.length(); i++) {
            if (marks.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    private static String rooted(String target) {
        String withoutFragment = target.contains("#") ? target.substring(0, target.indexOf('#')) : target;
        return withoutFragment.startsWith("/") ? withoutFragment : "/" + withoutFragment;
    }

    /** The same place on {@code address}. */
    public RouterUrl at(InetAddress address) {
        return new RouterUrl(address, port, target);
    }

    /**
     * The address on this router that {@code reference} in a description means. URLBase is ignored: it is wrong more
     * often than it helps (syncthing/syncthing#1187).
     *
     * @return empty for anything but an HTTP address
     */
    public Optional<RouterUrl> resolve(String reference) {
        String wanted = reference.replaceAll("\\s", "");
        if (wanted.isEmpty() || wanted.length() > LONGEST) {
            return Optional.empty();
        }
        String lower = wanted.toLowerCase(Locale.ROOT);
        if (lower.startsWith("http://")) {
            return onThisRouter(wanted.substring("http://".length()));
        }
        if (lower.matches("[a-z][a-z0-9+.-]*://.*")) {
            return Optional.empty();
        }
        if (wanted.startsWith("?")) {
            return Optional.of(new RouterUrl(host, port, target.replaceFirst("\\?.*", "") + wanted));
        }
        return Optional.of(new RouterUrl(host, port, rooted(wanted)));
    }

    /**
     * All addresses that {@code reference} may mean, most likely first: as resolved here, relative to this address's
     * folder, and by the description's own URLBase; each at last at the description's port, which answers for certain.
     */
    public List<RouterUrl> candidates(String reference, String urlBase) {
        Optional<RouterUrl> resolved = resolve(reference);
        if (resolved.isEmpty()) {
            return List.of();
        }
        Set<RouterUrl> all = new LinkedHashSet<>();
        all.add(resolved.get());
        String wanted = reference.replaceAll("\\s", "");
        boolean absolute = wanted.toLowerCase(Locale.ROOT).startsWith("http://");
        if (wanted.startsWith("//")) {
            onThisRouter(wanted.substring(2)).ifPresent(all::add);
        } else if (!absolute && !wanted.startsWith("/") && !wanted.startsWith("?")) {
            String path = target.replaceFirst("\\?.*", "");
            String folder = path.substring(0, path.lastIndexOf('/') + 1);
            all.add(new RouterUrl(host, port, folder + wanted));
        }
        if (!absolute) {
            resolve(urlBase)
                    .filter(base -> urlBase.strip().toLowerCase(Locale.ROOT).startsWith("http://"))
                    .flatMap(base -> base.resolve(reference))
                    .ifPresent(all::add);
        }
        if (wanted.contains("./")) {
            List.copyOf(all).forEach(place -> all.add(place.withoutDots()));
        }
        List.copyOf(all).forEach(place -> all.add(new RouterUrl(host, port, place.target)));
        return List.copyOf(all);
    }

    /** Without the segments that mean this folder and the one above (RFC 3986 section 5.2.4). */
    private RouterUrl withoutDots() {
        int end = firstOf(target, "?");
        Deque<String> kept = new ArrayDeque<>();
        for (String segment : target.substring(1, end).split("/", -1)) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        return new RouterUrl(host, port, "/" + String.join("/", kept) + target.substring(end));
    }

    /** An absolute address: its port and path count, its host does not. */
    private Optional<RouterUrl> onThisRouter(String rest) {
        int end = firstOf(rest, "/?#");
        String authority = rest.substring(0, end);
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon >= 0 && !authority.endsWith("]");
        Optional<Integer> there = hasPort ? port(authority.substring(colon + 1)) : Optional.of(DEFAULT_PORT);
        return there.map(p -> new RouterUrl(host, p, rooted(rest.substring(end))));
    }

    private static String authority(InetAddress host) {
        String text = Addresses.text(host);
        return switch (IpVersion.of(host)) {
            case IPV4 -> text;
            case IPV6 -> "[" + text + "]";
        };
    }

    /** For HttpClient; characters an address may not hold are percent-encoded. */
    public URI toUri() {
        StringBuilder encoded =
                new StringBuilder("http://").append(authority(host)).append(':').append(port);
        for (byte b : target.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || LITERAL.indexOf(c) >= 0);
            if (plain && c != '[' && c != ']' && c != '#') {
                encoded.append(c);
            } else {
                encoded.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return URI.create(encoded.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25"));
    }
}
