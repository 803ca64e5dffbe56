import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Load for a relay, and the far end of that load. {@code relay.sh} compiles and runs it:
 *
 * <pre>
 * echo UDPPORT TCPPORT...                             answers with what it was sent, until killed
 * latency HOST PORT CONNECTIONS WARMUP SECONDS        64 bytes there and back, one at a time each
 * connect HOST PORT WORKERS WARMUP SECONDS MOST       connect, 64 bytes there and back, close
 * idle HOST PORT CONNECTIONS                          opens them, holds them until its input ends
 * udp HOST PORT SOURCES WINDOW WARMUP SECONDS         200 bytes there and back
 * </pre>
 *
 * <p>Each prints one line of {@code key=value} words. Times are microseconds. What happens in the
 * first WARMUP seconds is not counted: it warms this JVM, the far end and the relay.
 */
public final class RelayLoad {
    private static final int REQUEST = 64;
    private static final int DATAGRAM = 200;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final long SECOND = 1_000_000_000L;

    private RelayLoad() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "echo" -> {
                new Thread(() -> EchoServer.serveUdp(number(args, 1)), "udp").start();
                EchoServer.serveTcp(Arrays.stream(args).skip(2).mapToInt(Integer::parseInt));
            }
            case "latency" -> latency(target(args), number(args, 3), tally(args, 4));
            case "connect" -> Connects.run(target(args), number(args, 3), args);
            case "idle" -> idle(target(args), number(args, 3));
            case "udp" -> udp(target(args), number(args, 3), number(args, 4), tally(args, 5));
            default -> throw new IllegalArgumentException("no such mode: " + args[0]);
        }
    }

    private static InetSocketAddress target(String[] args) {
        return new InetSocketAddress(args[1], number(args, 2));
    }

    private static int number(String[] args, int at) {
        return Integer.parseInt(args[at]);
    }

    private static Tally tally(String[] args, int at) {
        return new Tally(number(args, at), number(args, at + 1));
    }

    /** How long things took, in nanoseconds, of those that ended in the time that counts. */
    private static final class Tally {
        private final long begin;
        private final long end;
        private long[] values = new long[1 << 16];
        private int size;

        Tally(int warmup, int seconds) {
            begin = System.nanoTime() + warmup * SECOND;
            end = begin + seconds * SECOND;
        }

        boolean counts(long now) {
            return now - begin >= 0 && now - end < 0;
        }

        boolean over() {
            return System.nanoTime() - end >= 0;
        }

        synchronized void add(long started) {
            long now = System.nanoTime();
            if (counts(now)) {
                values = size < values.length ? values : Arrays.copyOf(values, size * 2);
                values[size++] = now - started;
            }
        }

        /** Prints one line; the words are what else there is to say. */
        void report(String what, String words) {
            double seconds = (Math.min(System.nanoTime(), end) - begin) / (double) SECOND;
            Arrays.sort(values, 0, size);
            String format = "%s=%d per_second=%.0f p50=%.1f p99=%.1f %s%n";
            double[] micros = {percentile(0.50) / 1000.0, percentile(0.99) / 1000.0};
            System.out.printf(
                    Locale.ROOT, format, what, size, size / seconds, micros[0], micros[1], words);
        }

        private long percentile(double share) {
            return size == 0 ? 0 : values[(int) (share * (size - 1))];
        }
    }

    /** Answers with what it was sent: TCP in one thread, datagrams in another. */
    private static final class EchoServer {
        private static final ByteBuffer BUFFER = ByteBuffer.allocateDirect(1 << 16);

        static void serveTcp(IntStream ports) throws IOException {
            Selector selector = Selector.open();
            for (int port : ports.toArray()) {
                ServerSocketChannel listener = ServerSocketChannel.open();
                listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                listener.bind(new InetSocketAddress(port), 4096);
                listener.configureBlocking(false);
                listener.register(selector, SelectionKey.OP_ACCEPT);
            }
            while (true) {
                selector.select(EchoServer::serve);
            }
        }

        private static void serve(SelectionKey key) {
            try {
                if (key.isAcceptable()) {
                    accept(key);
                } else {
                    echo(key);
                }
            } catch (IOException reset) {
                close(key);
            }
        }

        private static void accept(SelectionKey key) throws IOException {
            SocketChannel channel = ((ServerSocketChannel) key.channel()).accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(key.selector(), SelectionKey.OP_READ);
            }
        }

        /** What we send is small: a connection that does not take it back at once is closed. */
        private static void echo(SelectionKey key) throws IOException {
            SocketChannel channel = (SocketChannel) key.channel();
            boolean open = channel.read(BUFFER.clear()) >= 0;
            channel.write(BUFFER.flip());
            if (!open || BUFFER.hasRemaining()) {
                channel.close();
            }
        }

        private static void close(SelectionKey key) {
            try {
                key.channel().close();
            } catch (IOException alreadyGone) {
                key.cancel();
            }
        }

        static void serveUdp(int port) {
            try (DatagramChannel channel = DatagramChannel.open()) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 22);
                channel.bind(new InetSocketAddress(port));
                ByteBuffer datagram = ByteBuffer.allocateDirect(1 << 16);
                while (true) {
                    datagram.clear();
                    SocketAddress from = channel.receive(datagram);
                    channel.send(datagram.flip(), from);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void latency(InetSocketAddress target, int connections, Tally tally)
            throws IOException {
        Selector selector = Selector.open();
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = open(target).getChannel();
            channel.configureBlocking(false);
            Exchange exchange = new Exchange(channel, tally);
            channel.register(selector, SelectionKey.OP_READ, exchange);
            exchange.ask();
        }
        while (!tally.over()) {
            selector.select(key -> ((Exchange) key.attachment()).read(), 100);
        }
        tally.report("requests", "");
    }

    /** One connection on which a request follows upon each answer. */
    private static final class Exchange {
        private final SocketChannel channel;
        private final Tally tally;
        private final ByteBuffer request = ByteBuffer.allocateDirect(REQUEST);
        private final ByteBuffer answer = ByteBuffer.allocateDirect(REQUEST);
        private long asked;

        Exchange(SocketChannel channel, Tally tally) {
            this.channel = channel;
            this.tally = tally;
        }

        void ask() throws IOException {
            answer.clear();
            asked = System.nanoTime();
            channel.write(request.clear());
        }

        void read() {
            try {
                if (channel.read(answer) < 0) {
                    throw new IOException("the relay closed a connection in use");
                }
                if (!answer.hasRemaining()) {
                    tally.add(asked);
                    ask();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** New connections, by several threads. Ends after MOST connections or SECONDS seconds. */
    private static final class Connects {
        private static final AtomicInteger ERRORS = new AtomicInteger();

        static void run(InetSocketAddress target, int workers, String[] args) throws Exception {
            int most = number(args, 6);
            work(target, workers, most / 5, new Tally(0, number(args, 4)));
            ERRORS.set(0);
            Tally tally = new Tally(0, number(args, 5));
            work(target, workers, most, tally);
            tally.report("connections", "errors=" + ERRORS.get());
        }

        private static void work(InetSocketAddress target, int workers, int most, Tally tally)
                throws InterruptedException {
            AtomicInteger left = new AtomicInteger(most);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < workers; i++) {
                threads.add(new Thread(() -> visit(target, left, tally)));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }

        private static void visit(InetSocketAddress target, AtomicInteger left, Tally tally) {
            while (!tally.over() && left.getAndDecrement() > 0) {
                long begin = System.nanoTime();
                try (Socket socket = open(target)) {
                    exchange(socket, REQUEST);
                } catch (IOException e) {
                    if (ERRORS.getAndIncrement() == 0) {
                        System.err.println("first error: " + e);
                    }
                    continue;
                }
                tally.add(begin);
            }
        }
    }

    private static void idle(InetSocketAddress target, int connections) throws IOException {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            Socket socket = open(target);
            exchange(socket, 1);
            sockets.add(socket);
        }
        System.out.println("ready");
        while (System.in.read() >= 0) {}
        for (Socket socket : sockets) {
            exchange(socket, 1);
        }
        System.out.println("alive=" + connections);
    }

    /** A connected socket that has a channel, sends at once, and did not wait forever. */
    private static Socket open(InetSocketAddress target) throws IOException {
        Socket socket = SocketChannel.open().socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        try {
            socket.connect(target, PATIENCE_MILLIS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        return socket;
    }

    private static void exchange(Socket socket, int bytes) throws IOException {
        socket.getOutputStream().write(new byte[bytes]);
        if (socket.getInputStream().readNBytes(bytes).length < bytes) {
            throw new IOException("closed before it answered");
        }
    }

    private static void udp(InetSocketAddress target, int sources, int window, Tally tally)
            throws IOException {
        Selector selector = Selector.open();
        List<Source> all = new ArrayList<>();
        for (int i = 0; i < sources; i++) {
            DatagramChannel channel = DatagramChannel.open().connect(target);
            channel.configureBlocking(false);
            Source source = new Source(channel, window, tally);
            channel.register(selector, SelectionKey.OP_READ, source);
            all.add(source);
        }
        long swept = System.nanoTime() - SECOND;
        while (!tally.over()) {
            if (System.nanoTime() - swept > SECOND / 100) {
                swept = System.nanoTime();
                all.forEach(Source::sweep);
            }
            selector.select(key -> ((Source) key.attachment()).read(), 10);
        }
        long lost = all.stream().mapToLong(source -> source.lost).sum();
        double loss = 100.0 * lost / Math.max(1, lost + tally.size);
        tally.report("replies", String.format(Locale.ROOT, "lost=%d loss=%.2f", lost, loss));
    }

    /**
     * One UDP socket with a fixed number of datagrams under way. An answer lets the next datagram
     * go; one unanswered for 200 ms is lost, and lets the next go too. So the load fits itself to
     * the relay, and a relay that drops datagrams pays for each.
     */
    private static final class Source {
        private static final long PATIENCE = SECOND / 5;

        private long lost;
        private final DatagramChannel channel;
        private final Tally tally;
        private final long[] sent;
        private final ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM);

        Source(DatagramChannel channel, int window, Tally tally) {
            this.channel = channel;
            this.tally = tally;
            this.sent = new long[window];
            Arrays.fill(sent, System.nanoTime() - SECOND);
        }

        /** When it was sent tells an answer from one that came too late. */
        private void send(int slot) {
            sent[slot] = System.nanoTime();
            datagram.clear().putInt(0, slot).putLong(4, sent[slot]);
            try {
                channel.write(datagram);
            } catch (IOException refused) {
                return; // its time will run out
            }
        }

        void read() {
            try {
                // No more than the others may have too, however soon further answers come.
                for (int i = 0; i < sent.length; i++) {
                    if (channel.read(datagram.clear()) < DATAGRAM) {
                        return;
                    }
                    int slot = datagram.getInt(0);
                    if (datagram.getLong(4) == sent[slot]) {
                        tally.add(sent[slot]);
                        send(slot);
                    }
                }
            } catch (IOException refused) {
                return; // likewise
            }
        }

        /** Sends anew what has waited long enough, and at the beginning everything. */
        void sweep() {
            long now = System.nanoTime();
            for (int slot = 0; slot < sent.length; slot++) {
                if (now - sent[slot] > PATIENCE) {
                    lost += tally.counts(now) ? 1 : 0;
                    send(slot);
                }
            }
        }
    }
}
