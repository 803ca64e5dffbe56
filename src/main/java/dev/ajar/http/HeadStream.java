package dev.ajar.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * What a router sends, its head as HttpClient can read it: lines before the status line are left out, long and many
 * header lines cut, and the head ends where the document begins, whatever stands in the empty line. The body passes as
 * it is.
 */
final class HeadStream extends FilterInputStream {
    private static final int LONGEST_LINE = 4096;
    private static final int MOST_LINES = 90;

    /** A peer that speaks something else may never end: after so many lines it is taken for one. */
    private static final int MOST_LINES_BEFORE = 5;

    private static final int SWITCHING = 101;
    private static final String NO_HEAD = "HTTP/1.0 200 OK";

    private enum State {
        BEFORE,
        INTERIM_HEAD,
        HEAD,
        BODY
    }

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private InputStream ready = InputStream.nullInputStream();
    private State state = State.BEFORE;
    private int lines;

    HeadStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (ready.available() == 0 && state != State.BODY) {
            byte[] some = new byte[LONGEST_LINE];
            int count = in.read(some);
            take(some, count);
        }
        return ready.available() > 0 ? ready.read(bytes, offset, length) : in.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
        return ready.available() + in.available();
    }

    /** @param count negative at the end of the connection */
    private void take(byte[] some, int count) {
        int at = 0;
        while (at < count && state != State.BODY) {
            byte next = some[at];
            if (next == '<' && line.size() == 0) {
                endHead();
            } else {
                at++;
                if (next == '\n') {
                    endLine();
                } else if (line.size() < LONGEST_LINE) {
                    line.write(next);
                }
            }
        }
        if (count < 0) {
            state = State.BODY;
            head.writeBytes(line.toByteArray());
        }
        head.write(some, at, Math.max(0, count - at));
        ready = new ByteArrayInputStream(head.toByteArray());
        head.reset();
    }

    /** The document begins. */
    private void endHead() {
        if (state == State.BEFORE) {
            write(NO_HEAD);
        }
        write("");
        state = State.BODY;
    }

    private void endLine() {
        String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        line.reset();
        switch (state) {
            case BEFORE -> begin(text);
            case INTERIM_HEAD, HEAD -> {
                if (text.isEmpty()) {
                    write("");
                    state = state == State.HEAD ? State.BODY : State.BEFORE;
                } else if (++lines <= MOST_LINES) {
                    write(text);
                }
            }
            case BODY -> {}
        }
    }

    private void begin(String text) {
        OptionalInt status = LenientHead.status(text);
        if (status.isPresent()) {
            int code = status.getAsInt();
            state = code < 200 && code != SWITCHING ? State.INTERIM_HEAD : State.HEAD;
            lines = 0;
            write(text);
        } else if (!text.isBlank() && ++lines > MOST_LINES_BEFORE) {
            write(text);
            state = State.BODY;
        }
    }

    private void write(String text) {
        head.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
