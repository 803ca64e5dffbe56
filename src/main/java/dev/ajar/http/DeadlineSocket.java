package dev.ajar.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.function.UnaryOperator;

/**
 * A socket whose reads end at a deadline. A time-out for each read is not enough, because a router that sends a byte a
 * second never reaches it, and HttpClient has no time-out for the whole exchange (HTTPCLIENT-2420).
 */
final class DeadlineSocket extends Socket {
    private final ReadBudget budget;
    private final int mostBytes;
    private final UnaryOperator<InputStream> reading;

    DeadlineSocket(ReadBudget budget, int mostBytes) {
        this(budget, mostBytes, UnaryOperator.identity());
    }

    /** @param reading what arrives, as it is to be read */
    DeadlineSocket(ReadBudget budget, int mostBytes, UnaryOperator<InputStream> reading) {
        this.budget = budget;
        this.mostBytes = mostBytes;
        this.reading = reading;
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
        // HttpClient calls this on a socket that is connected already.
        if (isConnected()) {
            return;
        }
        int left = millisLeft();
        super.connect(endpoint, timeout == 0 ? left : Math.min(left, timeout));
    }

    private int millisLeft() throws SocketTimeoutException {
        long left = budget.remaining().toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException("the router took too long");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return reading.apply(new BoundedStream(super.getInputStream()));
    }

    private final class BoundedStream extends FilterInputStream {
        private int received;

        private BoundedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            setSoTimeout(millisLeft());
            int count = super.read(bytes, offset, length);
            received += Math.max(0, count);
            if (received > mostBytes) {
                throw new IOException("the router sent more than " + mostBytes + " bytes");
            }
            return count;
        }
    }
}
