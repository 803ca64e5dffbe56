package dev.ajar.web;

import com.sun.net.httpserver.HttpExchange;
import dev.ajar.control.ControlHandler;
import dev.ajar.message.Messages;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Server-sent events: the document of {@code ajar watch} after every change, and regularly for its times and rates. */
final class EventStream {
    /** Also how soon a page that is gone is noticed. */
    private static final Duration REGULARLY = Duration.ofSeconds(5);

    /** Before the server ends what looks like a client that does not read; the page then asks for the next stream. */
    private static final Duration LONGEST =
            Duration.ofSeconds(HttpLimits.RESPONSE_SECONDS).minusMinutes(2);

    private final OutputStream out;
    private final Messages messages;
    private final Timeline timeline;
    private final Duration until;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean ended;

    private EventStream(OutputStream out, Messages messages, Timeline timeline) {
        this.out = out;
        this.messages = messages;
        this.timeline = timeline;
        this.until = timeline.uptime().plus(LONGEST);
    }

    /** Sends until the client is gone, the time is over or the daemon ends. */
    static void serve(HttpExchange exchange, ControlHandler daemon, Messages messages, Timeline timeline)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(200, 0);
        EventStream stream = new EventStream(exchange.getResponseBody(), messages, timeline);
        Thread follower = Thread.currentThread();
        Thread regularly = Thread.ofVirtual().name("page").start(() -> {
            while (stream.isSentLater(daemon)) {
                // The next one.
            }
            stream.end(follower::interrupt);
        });
        try {
            daemon.follow(stream::send);
        } catch (InterruptedException e) {
            // The stream, or the listener, ends.
            Thread.currentThread().interrupt();
        } finally {
            if (!stream.end(() -> {})) {
                // The last bytes of a stream that ended by itself are written by a thread that is not interrupted.
                boolean unused = Thread.interrupted();
            }
            LockSupport.unpark(regularly);
        }
    }

    /** @return false if it has ended before */
    private boolean end(Runnable action) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            ended = true;
            action.run();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isSentLater(ControlHandler daemon) {
        LockSupport.parkNanos(REGULARLY.toNanos());
        return timeline.uptime().compareTo(until) < 0 && send(daemon.watch());
    }

    /** @return whether the client is still there */
    private boolean send(String document) {
        lock.lock();
        try {
            if (ended) {
                return false;
            }
            String told = PageTexts.translated(document, messages).replace("\n", "");
            out.write(("data: " + told + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
