package dev.ajar.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Reads a body to where it really ends: its closing tag, its last chunk, or the end of the connection. The declared
 * length is only a hint, since routers declare too much and too little, or nothing over a connection they then keep
 * open; and so are the chunks, which some announce and do not send.
 */
final class BodyReader {
    private static final Pattern CLOSING_TAG =
            Pattern.compile("</([\\w-]+:)?(root|envelope|scpd|html|body)\\s*>", Pattern.CASE_INSENSITIVE);
    private static final int TAIL = 256;

    /** Where as much has come as was declared, and its end has not: the declared length may be too small. */
    private static final Duration AFTER_THE_DECLARED_END = Duration.ofMillis(500);

    private final InputStream in;
    private final ReadBudget patience;
    private final ChunkedBody chunks;
    private final long declared;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private BodyReader(InputStream in, boolean chunked, long declared, ReadBudget patience) {
        this.in = in;
        this.patience = patience;
        this.chunks = new ChunkedBody(body, chunked);
        this.declared = chunked ? -1 : declared;
    }

    /**
     * @param chunked whether the head says so
     * @param declared length, or negative without one
     * @return what could be read, which may be less than the router meant to send
     */
    static byte[] read(InputStream in, boolean chunked, long declared, ReadBudget patience) {
        return new BodyReader(in, chunked, declared, patience).read();
    }

    private byte[] read() {
        byte[] buffer = new byte[4096];
        try {
            while (!isWhole()) {
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                chunks.take(buffer, count);
            }
        } catch (IOException e) {
            // A body cut short, a connection held open for ever: what came may still be all we
            // need.
            return body.toByteArray();
        }
        return body.toByteArray();
    }

    private boolean isWhole() throws IOException {
        if (chunks.isFinished()) {
            return true;
        }
        boolean atRest = in.available() == 0;
        if (body.size() == 0) {
            return declared == 0 && atRest;
        }
        if (!atRest || hasClosingTag()) {
            return atRest;
        }
        if (declared >= 0 && body.size() >= declared) {
            patience.shortenTo(AFTER_THE_DECLARED_END);
        }
        return false;
    }

    private boolean hasClosingTag() {
        byte[] all = body.toByteArray();
        int from = Math.max(0, all.length - TAIL);
        return CLOSING_TAG
                .matcher(new String(all, from, all.length - from, StandardCharsets.ISO_8859_1))
                .find();
    }
}
