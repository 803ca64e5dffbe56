package dev.ajar.gateway.upnp.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Reads a body to where it really ends: its closing tag, or the end of the connection. The declared length is only a
 * hint, since routers declare too much and too little, or nothing over a connection they then keep open.
 */
final class BodyReader {
    private static final Pattern CLOSING_TAG =
            Pattern.compile(
                    "</([\\w-]+:)?(root|envelope|scpd|html|body)\\s*>", Pattern.CASE_INSENSITIVE);
    private static final int TAIL = 256;

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
            // A body cut short, a broken chunk, a connection held open for ever: what came may
            // still be all we need.
            return body.toByteArray();
        }
        return body.toByteArray();
    }

    private static boolean isWhole(ByteArrayOutputStream body, long declared, InputStream in)
            throws IOException {
        if (body.size() == 0) {
            return declared == 0 && in.available() == 0;
        }
        boolean atRest = in.available() == 0;
        return atRest && (hasClosingTag(body) || (declared >= 0 && body.size() >= declared));
    }

    private static boolean hasClosingTag(ByteArrayOutputStream body) {
        byte[] all = body.toByteArray();
        int from = Math.max(0, all.length - TAIL);
        return CLOSING_TAG
                .matcher(new String(all, from, all.length - from, StandardCharsets.ISO_8859_1))
                .find();
    }
}
