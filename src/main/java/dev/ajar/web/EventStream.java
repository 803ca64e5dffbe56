package dev.ajar.web;

import com.sun.net.httpserver.HttpExchange;
import dev.ajar.control.ControlHandler;
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

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean ended;

    private EventStream(OutputStream out) {
        this.out = out;
    }

    /** Sends until the client is gone or the daemon ends. */
    static void serve(HttpExchange exchange, ControlHandler daemon) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(200, 0);
        EventStream stream = new EventStream(exchange.getResponseBody());
        Thread follower = Thread.currentThread();
        Thread regularly = Thread.ofVirtual().name("page").start(() -> {
            while (stream.isSentLater(daemon)) {
                // The next one.
            }
            follower.interrupt();
        });
        try {
            daemon.follow(stream::send);
        } catch (InterruptedException e) {
            // The client is gone, or the listener ends: so does this thread.
            Thread.currentThread().interrupt();
        } finally {
            stream.ended = true;
            LockSupport.unpark(regularly);
        }
    }

    private boolean isSentLater(ControlHandler daemon) {
        LockSupport.parkNanos(REGULARLY.toNanos());
        return !ended && send(daemon.watch());
    }

    /** @return whether the client is still there */
    private boolean send(String document) {
        lock.lock();
        try {
            out.write(("data: " + document.replace("\n", "") + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return !ended;
        } catch (IOException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }
}
