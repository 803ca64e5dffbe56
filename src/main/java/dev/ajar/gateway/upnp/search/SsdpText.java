package dev.ajar.gateway.upnp.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Brings an SSDP datagram into the strict form jUPnP's reader expects: routers leave out the reason phrase, the blank
 * line, the blank after a colon, and spell header names their own way; some fold a line, or quote a value.
 */
final class SsdpText {
    private static final int MOST_LINES = 256;
    private static final int MOST_LOCATIONS = 4;
    private static final String LOCATION = "LOCATION";

    private SsdpText() {}

    /** Empty for datagrams that are neither an answer to a search nor the announcement of a device. */
    static Optional<byte[]> normalise(byte[] datagram) {
        String[] lines = new String(datagram, StandardCharsets.UTF_8)
                .replaceAll("[\0\uFEFF]", "")
                .stripLeading()
                .replaceAll("(\r\n|\n|\r)[ \t]+(?=\\S)", " ")
                .split("\r\n|\n|\r", MOST_LINES);
        String start = lines[0].strip();
        Map<String, List<String>> headers = headers(lines);
        String upper = start.toUpperCase(Locale.ROOT);
        if (upper.matches("HTTP\\s*/?\\s*(\\d([.,]\\d)?)?\\s*200(?!\\d).*")) {
            return Optional.of(write("HTTP/1.1 200 OK", headers));
        }
        String subtype = headers.getOrDefault("NTS", List.of("")).getFirst().toLowerCase(Locale.ROOT);
        // What does not say why it is sent is no farewell.
        boolean present = Set.of("", "ssdp:alive", "ssdp:update").contains(subtype);
        return upper.startsWith("NOTIFY") && present
                ? Optional.of(write("NOTIFY * HTTP/1.1", headers))
                : Optional.empty();
    }

    /** The first value that is not empty wins; some give several locations, of which any may be right. */
    private static Map<String, List<String>> headers(String[] lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).strip().toUpperCase(Locale.ROOT);
                String value = unquoted(lines[i].substring(colon + 1).strip());
                if (!value.isEmpty() && name.matches("[A-Z0-9._-]+")) {
                    boolean location = name.equals(LOCATION);
                    List<String> values = headers.computeIfAbsent(name, any -> new ArrayList<>());
                    Stream.of(location ? value.split("[\\s,;]+(?=(?i)http://)") : new String[] {value})
                            .limit(location ? MOST_LOCATIONS - values.size() : 1 - values.size())
                            .forEach(values::add);
                }
            }
        }
        if (!headers.containsKey(LOCATION) && headers.containsKey("AL")) {
            headers.put(LOCATION, headers.get("AL"));
        }
        return headers;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && List.of("\"\"", "''", "<>").contains("" + value.charAt(0) + value.charAt(value.length() - 1));
        return quoted ? value.substring(1, value.length() - 1).strip() : value;
    }

    private static byte[] write(String start, Map<String, List<String>> headers) {
        StringBuilder text = new StringBuilder(start).append("\r\n");
        headers.forEach((name, values) -> values.forEach(
                value -> text.append(name).append(": ").append(value).append("\r\n")));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
