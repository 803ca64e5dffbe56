package dev.ajar.gateway.upnp.xml;

/** Writing text into XML. */
public final class XmlText {
    private XmlText() {}

    /** Escapes the three characters that must be, and drops those XML 1.0 cannot hold; more confuses routers. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                default -> {
                    if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r') {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
