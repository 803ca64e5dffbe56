package dev.ajar.gateway.upnp.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Reads a body to where it really ends: its closing tag, or the end of the connection. The declared length is only a
 * hint, since routers declare too much and too little, or nothing over a connection they then keep open.
 */
final class BodyReader {
    private static final List<String> CLOSING_TAGS = List.of("</root>", "envelope>", "</scpd>", "</html>");
    private static final int TAIL = 64;

    private BodyReader() {}

    /**
     * @param declared length, or negative without one
     * @return what could be read, which may be less than the router meant to send
     */
    static byte[] read(InputStream in, long declared) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try {
            while (!isWhole(body, declared, in)) {
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                body.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // A body cut short, a broken chunk, a connection held open for ever: what came may still be all we need.
            return body.toByteArray();
        }
        return body.toByteArray();
    }

    private static boolean isWhole(ByteArrayOutputStream body, long declared, InputStream in) throws IOException {
        if (body.size() == 0) {
            return declared == 0 && in.available() == 0;
        }
        return endsWithClosingTag(body) || (declared >= 0 && body.size() >= declared && in.available() == 0);
    }

    private static boolean endsWithClosingTag(ByteArrayOutputStream body) {
        byte[] all = body.toByteArray();
        int from = Math.max(0, all.length - TAIL);
        String tail = new String(all, from, all.length - from, StandardCharsets.ISO_8859_1)
                .stripTrailing()
                .toLowerCase(Locale.ROOT);
        return CLOSING_TAGS.stream().anyMatch(tail::endsWith);
    }
}
