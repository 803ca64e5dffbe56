package dev.ajar.cli.render;

import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Names on stderr the step that is being taken, once it has taken more than a second. */
public final class ProgressLine implements Progress, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Message END = Message.verbatim("");

    private final Terminal terminal;
    private final BlockingQueue<Message> steps = new ArrayBlockingQueue<>(64);
    private @Nullable Thread watcher;

    public ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void begins(Message step) {
        if (!terminal.isInteractive()) {
            return;
        }
        if (watcher == null) {
            watcher = Thread.ofPlatform().daemon().name("progress").start(this::watch);
        }
        boolean told = steps.offer(step);
        assert told || steps.remainingCapacity() == 0;
    }

    private void watch() {
        try {
            Message step = steps.take();
            while (!step.equals(END)) {
                Message next = steps.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    terminal.tell(terminal.text(step) + " …");
                    terminal.err().flush();
                    next = steps.take();
                }
                step = next;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void ends() {
        if (watcher != null) {
            boolean told = steps.offer(END);
            assert told || steps.remainingCapacity() == 0;
            watcher = null;
        }
    }

    @Override
    public void close() {
        if (watcher != null) {
            watcher.interrupt();
        }
    }
}
