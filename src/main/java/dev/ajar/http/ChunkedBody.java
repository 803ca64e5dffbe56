package dev.ajar.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decodes the chunks of a body as they arrive (RFC 9112 section 7.1). Where no chunk size can be read, the rest is
 * taken as it is, because some routers announce chunks and send none.
 */
final class ChunkedBody {
    /** Less than 16 MiB, which is more than any answer we read. A longer number could be meant to overflow an int. */
    private static final Pattern SIZE = Pattern.compile("\\s*(?:0[xX])?0*([0-9a-fA-F]{1,6})\\s*(;.*)?");

    private static final int LONGEST_SIZE = 64;
    private static final int LONGEST_EXTENSION = 4096;

    private enum State {
        SIZE,
        DATA,
        GAP,
        PLAIN,
        FINISHED
    }

    private final ByteArrayOutputStream body;
    private final StringBuilder line = new StringBuilder();
    private State state;
    private int left;

    /** Whether chunks are announced, or have begun. */
    private boolean chunks;

    /** @param mayBeChunked also where that is not announced */
    ChunkedBody(ByteArrayOutputStream body, boolean announced, boolean mayBeChunked) {
        this.body = body;
        this.chunks = announced;
        this.state = announced || mayBeChunked ? State.SIZE : State.PLAIN;
    }

    void take(byte[] bytes, int count) {
        int at = 0;
        while (at < count) {
            switch (state) {
                case FINISHED -> at = count;
                case PLAIN -> {
                    body.write(bytes, at, count - at);
                    at = count;
                }
                case DATA -> {
                    int some = Math.min(left, count - at);
                    body.write(bytes, at, some);
                    at += some;
                    left -= some;
                    state = left == 0 ? State.GAP : State.DATA;
                }
                case GAP -> {
                    boolean lineEnd = bytes[at] == '\r' || bytes[at] == '\n';
                    at += lineEnd ? 1 : 0;
                    state = lineEnd && bytes[at - 1] == '\r' ? State.GAP : State.SIZE;
                }
                case SIZE -> readSize((char) (bytes[at++] & 0xFF));
            }
        }
    }

    private void readSize(char c) {
        line.append(c);
        boolean more = line.length() < LONGEST_SIZE || (line.length() < LONGEST_EXTENSION && line.indexOf(";") >= 0);
        if (c != '\n' && c != '<' && more) {
            return;
        }
        Matcher match = SIZE.matcher(line.toString().strip());
        if (match.matches()) {
            chunks = true;
            left = Integer.parseInt(match.group(1), 16);
            state = left == 0 ? State.FINISHED : State.DATA;
        } else if (!line.isEmpty() && !line.toString().isBlank()) {
            body.writeBytes(line.toString().getBytes(StandardCharsets.ISO_8859_1));
            state = State.PLAIN;
        }
        line.setLength(0);
    }

    /** The connection has ended: what could have been a chunk's size, and is none, is a part of the body. */
    void end() {
        boolean isSize = chunks && (body.size() > 0 || SIZE.matcher(line).matches());
        if (state == State.SIZE && !isSize) {
            body.writeBytes(line.toString().getBytes(StandardCharsets.ISO_8859_1));
            line.setLength(0);
            state = State.PLAIN;
        }
    }

    /** Whether chunks have begun and the last one has not arrived. */
    boolean isInside() {
        return (chunks && state == State.SIZE) || state == State.DATA || state == State.GAP;
    }

    /** Whether the last chunk has arrived. */
    boolean isFinished() {
        return state == State.FINISHED;
    }
}
