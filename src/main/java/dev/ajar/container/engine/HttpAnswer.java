package dev.ajar.container.engine;

import dev.ajar.message.Message;
import dev.ajar.system.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The answer to one request, read byte by byte (RFC 9112): its body has a length, or comes in chunks, or ends with the
 * connection. A deadline that passes in its middle loses nothing.
 */
final class HttpAnswer {
    private static final int LONGEST_HEAD = 1 << 14;
    private static final int LONGEST_LINE = 1 << 12;
    private static final int LONGEST_SIZE = 8;
    private static final int HEX = 16;
    private static final long OPEN = Long.MAX_VALUE;

    /** What the next byte of a body in chunks belongs to. */
    private enum Part {
        SIZE,
        DATA,
        DATA_END,
        TRAILER,
        OVER
    }

    private final EngineChannel channel;
    private final int status;
    private final boolean chunked;
    private long left;
    private Part part = Part.SIZE;
    private final StringBuilder line = new StringBuilder();

    private HttpAnswer(EngineChannel channel, int status, boolean chunked, long left) {
        this.channel = channel;
        this.status = status;
        this.chunked = chunked;
        this.left = left;
    }

    /** Reads the head of the answer. */
    static HttpAnswer begin(EngineChannel channel, Deadline deadline) throws IOException {
        String[] lines = head(channel, deadline).split("\r?\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (!lines[0].startsWith("HTTP/1.") || first.length < 2 || !first[1].matches("[1-5]\\d\\d")) {
            throw odd();
        }
        boolean chunked = false;
        long length = OPEN;
        for (int i = 1; i < lines.length; i++) {
            String header = lines[i].toLowerCase(Locale.ROOT);
            if (header.startsWith("transfer-encoding:")) {
                chunked = header.strip().endsWith("chunked");
            } else if (header.startsWith("content-length:")) {
                length = number(header.substring("content-length:".length()).strip());
            }
        }
        return new HttpAnswer(channel, Integer.parseInt(first[1]), chunked, length);
    }

    private static String head(EngineChannel channel, Deadline deadline) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int next = channel.next(deadline);
            if (next == EngineChannel.NOTHING) {
                throw late();
            }
            if (next == EngineChannel.END || head.size() >= LONGEST_HEAD) {
                throw odd();
            }
            head.write(next);
            if (next != '\r') {
                ends = next == '\n' ? ends + 1 : 0;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1).strip();
    }

    private static long number(String digits) throws IOException {
        if (!digits.matches("\\d{1,12}")) {
            throw odd();
        }
        return Long.parseLong(digits);
    }

    int status() {
        return status;
    }

    /** The whole body. */
    byte[] body(int most, Deadline deadline) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int next = next(deadline); next != EngineChannel.END; next = next(deadline)) {
            if (next == EngineChannel.NOTHING) {
                throw late();
            }
            if (body.size() >= most) {
                throw new EngineException(Message.of("containers.answer-long", "most", most));
            }
            body.write(next);
        }
        return body.toByteArray();
    }

    /** @return the next byte of the body, or {@link EngineChannel#END}, or {@link EngineChannel#NOTHING} */
    int next(Deadline deadline) throws IOException {
        return chunked ? nextOfChunks(deadline) : nextOfLength(deadline);
    }

    private int nextOfLength(Deadline deadline) throws IOException {
        if (left == 0) {
            return EngineChannel.END;
        }
        int next = channel.next(deadline);
        if (next == EngineChannel.END && left != OPEN) {
            throw odd();
        }
        left -= next >= 0 && left != OPEN ? 1 : 0;
        return next;
    }

    private int nextOfChunks(Deadline deadline) throws IOException {
        while (part != Part.OVER) {
            int next = channel.next(deadline);
            if (next == EngineChannel.NOTHING) {
                return next;
            }
            if (next == EngineChannel.END) {
                throw odd();
            }
            if (part == Part.DATA) {
                left--;
                part = left == 0 ? Part.DATA_END : Part.DATA;
                return next;
            }
            if (next == '\n') {
                endLine();
            } else if (line.length() < LONGEST_LINE) {
                line.append((char) next);
            } else {
                throw odd();
            }
        }
        return EngineChannel.END;
    }

    private void endLine() throws IOException {
        String text = line.toString().strip();
        line.setLength(0);
        part = switch (part) {
            case SIZE -> {
                left = size(text);
                yield left == 0 ? Part.TRAILER : Part.DATA;
            }
            case DATA_END -> {
                if (!text.isEmpty()) {
                    throw odd();
                }
                yield Part.SIZE;
            }
            case TRAILER -> text.isEmpty() ? Part.OVER : Part.TRAILER;
            case DATA -> Part.DATA;
            case OVER -> Part.OVER;
        };
    }

    private static long size(String text) throws IOException {
        int extension = text.indexOf(';');
        String digits = extension < 0 ? text : text.substring(0, extension).strip();
        if (digits.isEmpty() || digits.length() > LONGEST_SIZE || !digits.matches("[0-9A-Fa-f]+")) {
            throw odd();
        }
        return Long.parseLong(digits, HEX);
    }

    private static EngineException odd() {
        return new EngineException(Message.of("containers.answer-odd"));
    }

    private static EngineException late() {
        return new EngineException(Message.of("containers.answer-late", "seconds", EngineHttp.PATIENCE.toSeconds()));
    }
}
