package dev.ajar.gateway.upnp.search;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Brings an SSDP datagram into the strict form jUPnP's reader expects: routers leave out the reason phrase, the blank
 * line, the blank after a colon, and spell header names their own way; some fold a line, or quote a value.
 */
final class SsdpText {
    private static final int MOST_LINES = 256;

    private SsdpText() {}

    /** Empty for datagrams that are neither an answer to a search nor the announcement of a device. */
    static Optional<byte[]> normalise(byte[] datagram) {
        String[] lines = new String(datagram, StandardCharsets.UTF_8)
                .replace("\0", "")
                .stripLeading()
                .replaceAll("(\r\n|\n|\r)[ \t]+(?=\\S)", " ")
                .split("\r\n|\n|\r", MOST_LINES);
        String start = lines[0].strip();
        Map<String, String> headers = headers(lines);
        String upper = start.toUpperCase(Locale.ROOT);
        if (upper.matches("HTTP/1\\.\\d\\s+200\\b.*")) {
            return Optional.of(write("HTTP/1.1 200 OK", headers));
        }
        String subtype = headers.getOrDefault("NTS", "").toLowerCase(Locale.ROOT);
        boolean present = subtype.equals("ssdp:alive") || subtype.equals("ssdp:update");
        return upper.startsWith("NOTIFY") && present
                ? Optional.of(write("NOTIFY * HTTP/1.1", headers))
                : Optional.empty();
    }

    /** The first value that is not empty wins. */
    private static Map<String, String> headers(String[] lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                String name = lines[i].substring(0, colon).strip().toUpperCase(Locale.ROOT);
                String value = unquoted(lines[i].substring(colon + 1).strip());
                if (!value.isEmpty() && name.matches("[A-Z0-9._-]+")) {
                    headers.putIfAbsent(name, value);
                }
            }
        }
        if (!headers.containsKey("LOCATION") && headers.containsKey("AL")) {
            headers.put("LOCATION", headers.get("AL"));
        }
        return headers;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && ((value.startsWith("\"") && value.endsWith("\"")) || (value.startsWith("<") && value.endsWith(">")));
        return quoted ? value.substring(1, value.length() - 1).strip() : value;
    }

    private static byte[] write(String start, Map<String, String> headers) {
        StringBuilder text = new StringBuilder(start).append("\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }
}
