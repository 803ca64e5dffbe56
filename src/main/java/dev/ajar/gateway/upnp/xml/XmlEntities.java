package dev.ajar.gateway.upnp.xml;

import java.util.Map;

/** The five entities every XML document knows, and numbers; everything else stays as it is written. */
final class XmlEntities {
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");
    private static final int LONGEST_NAME = 10;

    private XmlEntities() {}

    static String decode(String text) {
        int at = text.indexOf('&');
        if (at < 0) {
            return text;
        }
        StringBuilder decoded = new StringBuilder(text.length());
        int done = 0;
        while (at >= 0) {
            int end = text.indexOf(';', at, Math.min(text.length(), at + LONGEST_NAME + 1));
            String value = end > at ? value(text.substring(at + 1, end)) : "";
            if (value.isEmpty()) {
                decoded.append(text, done, at + 1);
                done = at + 1;
            } else {
                decoded.append(text, done, at).append(value);
                done = end + 1;
            }
            at = text.indexOf('&', done);
        }
        return decoded.append(text, done, text.length()).toString();
    }

    private static String value(String name) {
        if (!name.startsWith("#")) {
            return NAMED.getOrDefault(name, "");
        }
        try {
            boolean hex = name.startsWith("#x") || name.startsWith("#X");
            int c = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
            return Character.isValidCodePoint(c) ? Character.toString(c) : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }
}
