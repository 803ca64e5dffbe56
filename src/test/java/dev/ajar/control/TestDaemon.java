package dev.ajar.control;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A daemon whose state a test publishes; it answers a command with the command's words, and counts its followers. */
final class TestDaemon implements ControlHandler {
    final PublishedState<String> state;
    final AtomicInteger followers = new AtomicInteger();
    final CountDownLatch left = new CountDownLatch(1);

    TestDaemon(String document) {
        this.state = new PublishedState<>(document);
    }

    @Override
    public ControlRequest.Response run(ControlRequest request) {
        return new ControlRequest.Response(0, "ran " + String.join(" ", request.arguments()), "");
    }

    @Override
    public String watch() {
        return state.state();
    }

    @Override
    public void follow(Predicate<String> documents) throws InterruptedException {
        followers.incrementAndGet();
        try {
            state.follow(documents);
        } finally {
            followers.decrementAndGet();
            left.countDown();
        }
    }
}
