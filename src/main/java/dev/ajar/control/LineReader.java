package dev.ajar.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Reads lines of bounded length from a socket. */
final class LineReader {
    private final SocketChannel channel;
    private final int longest;
    private final ByteBuffer buffer = ByteBuffer.allocate(8192).limit(0);

    /** @param longest bytes of a line; a longer one is an {@link IOException} */
    LineReader(SocketChannel channel, int longest) {
        this.channel = channel;
        this.longest = longest;
    }

    /** The next line, without its end. */
    byte[] next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int end = endOfLine();
            int length = (end < 0 ? buffer.limit() : end) - buffer.position();
            if (line.size() + length > longest) {
                throw new IOException("the line is longer than any command");
            }
            line.write(buffer.array(), buffer.position(), length);
            if (end >= 0) {
                buffer.position(end + 1);
                return line.toByteArray();
            }
            buffer.clear();
            int read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                throw new IOException("the connection ended within a line");
            }
        }
    }

    /** Where the line ends in what has been read; negative if it goes on. */
    private int endOfLine() {
        for (int i = buffer.position(); i < buffer.limit(); i++) {
            if (buffer.get(i) == '\n') {
                return i;
            }
        }
        return -1;
    }
}
