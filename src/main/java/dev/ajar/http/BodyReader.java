package dev.ajar.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Reads a body up to the closing tag, the last chunk, or the end of the connection. The declared length is only a hint,
 * because routers declare too much, too little or nothing; some announce chunks and send none.
 */
final class BodyReader {
    private static final Pattern CLOSING_TAG =
            Pattern.compile("</([\\w-]+:)?(root|envelope|scpd|html|body)\\s*>", Pattern.CASE_INSENSITIVE);
    private static final int TAIL = 256;

    /** How long to read on when the declared length has arrived without a closing tag, as it may be too small. */
    private static final Duration AFTER_THE_DECLARED_END = Duration.ofMillis(500);

    private final InputStream in;
    private final ReadBudget budget;
    private final ChunkedBody chunks;
    private final long declared;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /**
     * What could be read.
     *
     * @param whole whether it ended as it should: at its closing tag, its declared length, its last chunk, or, where
     *     the head announces neither a length nor chunks, at the end of the connection
     */
    record Body(byte[] bytes, boolean whole) {
        static final Body NONE = new Body(new byte[0], true);
    }

    private BodyReader(InputStream in, boolean chunked, long declared, ReadBudget budget) {
        this.in = in;
        this.budget = budget;
        this.chunks = new ChunkedBody(body, chunked, declared < 0);
        this.declared = chunked ? -1 : declared;
    }

    /**
     * @param chunked whether the head announces chunks
     * @param declared the Content-Length; negative without one
     */
    static Body read(InputStream in, boolean chunked, long declared, ReadBudget budget) {
        return new BodyReader(in, chunked, declared, budget).read();
    }

    private Body read() {
        byte[] buffer = new byte[4096];
        boolean endOfConnection = false;
        try {
            while (!isWhole() && !endOfConnection) {
                int count = in.read(buffer);
                endOfConnection = count < 0;
                chunks.take(buffer, Math.max(0, count));
            }
        } catch (IOException e) {
            // The connection was reset or stayed open. The part that arrived may still be enough.
            chunks.end();
            return new Body(body.toByteArray(), isAtItsEnd());
        }
        chunks.end();
        return new Body(body.toByteArray(), isAtItsEnd() || (declared < 0 && !chunks.isInside()));
    }

    private boolean isAtItsEnd() {
        return chunks.isFinished() || hasClosingTag() || (declared >= 0 && body.size() >= declared);
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
            budget.shortenTo(AFTER_THE_DECLARED_END);
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
