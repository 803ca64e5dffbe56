package dev.ajar.relay.engine.loop;

import io.netty.channel.IoEvent;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Netty's epoll with two faults mended and system calls saved.
 *
 * <p>The first fault: when a channel is interested in nothing, Netty takes it out of epoll since 4.2.13 (<a
 * href="https://github.com/netty/netty/pull/16689">netty#16689</a>) but treats it as registered: the next change of
 * interest fails with ENOENT. That happens to a half-closed connection whenever the other side's bytes have to wait,
 * and would cut it off. Here "nothing" becomes "errors, once", which keeps the channel registered and causes no
 * repeated wake-ups.
 *
 * <p>The second: Netty finds the channel of an event by its file descriptor's number. A connection that ends and
 * another that begins in one round of events may have the same number, and the new one gets an event of the old one:
 * its connect counts as done before it is, or it counts as reset. Here a channel is added to epoll just before the next
 * wait, so an event that arrives earlier belongs to another channel and is dropped.
 *
 * <p>The system calls: a short connection changes its interest a dozen times, each time by a system call. Only the last
 * change before the next wait matters, so only that one is made.
 */
final class PatchedEpoll implements IoHandler {
    private final IoHandler epoll;
    private final ThreadAwareExecutor executor;
    private final LoopWorkspace workspace;
    private List<Steady> changed = new ArrayList<>();
    private List<Steady> spare = new ArrayList<>();

    private PatchedEpoll(IoHandler epoll, ThreadAwareExecutor executor, LoopWorkspace workspace) {
        this.epoll = epoll;
        this.executor = executor;
        this.workspace = workspace;
    }

    static IoHandlerFactory factory(LoopWorkspace workspace) {
        IoHandlerFactory factory = EpollIoHandler.newFactory();
        workspace.hasRounds();
        return executor -> new PatchedEpoll(factory.newHandler(executor), executor, workspace);
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
        Steady steady = new Steady((EpollIoHandle) handle);
        steady.registration = epoll.register(steady);
        return steady;
    }

    @Override
    public int run(IoHandlerContext context) {
        if (!changed.isEmpty()) {
            List<Steady> now = changed;
            changed = spare;
            now.forEach(Steady::apply);
            now.clear();
            spare = now;
        }
        int handled = epoll.run(context);
        workspace.endRound();
        return handled;
    }

    /** Stands between the two, on both sides. */
    private final class Steady implements IoRegistration, EpollIoHandle {
        private final EpollIoHandle handle;
        private @Nullable IoRegistration registration;
        private EpollIoOps wanted = EpollIoOps.NONE;
        private int applied;
        private boolean waiting;

        Steady(EpollIoHandle handle) {
            this.handle = handle;
        }

        private IoRegistration registration() {
            return Objects.requireNonNull(registration);
        }

        @Override
        public FileDescriptor fd() {
            return handle.fd();
        }

        @Override
        public void handle(IoRegistration unused, IoEvent event) {
            if (applied != 0) {
                handle.handle(this, event);
            }
        }

        @Override
        public void registered() {
            handle.registered();
        }

        @Override
        public void unregistered() {
            handle.unregistered();
        }

        @Override
        public void close() {
            try {
                handle.close();
            } catch (Exception e) {
                // It is out of epoll, which is what matters.
                return;
            }
        }

        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // Netty's signature.
        public <T> T attachment() {
            return registration().attachment();
        }

        @Override
        public long submit(IoOps ops) {
            if (!executor.isExecutorThread(Thread.currentThread())) {
                throw new IllegalStateException("not on the loop's own thread");
            }
            wanted = (EpollIoOps) ops;
            if (!waiting) {
                waiting = true;
                changed.add(this);
            }
            return registration().isValid() ? wanted.value() : -1;
        }

        private void apply() {
            waiting = false;
            boolean nothing = wanted.value() == EpollIoOps.NONE.value() && applied != 0;
            EpollIoOps ops = nothing ? EpollIoOps.EPOLLET : wanted;
            if (ops.value() == applied || !registration().isValid()) {
                return;
            }
            applied = ops.value();
            try {
                registration().submit(ops);
            } catch (RuntimeException e) {
                // Out of kernel memory: this channel would never get an event again.
                close();
            }
        }

        @Override
        public boolean isValid() {
            return registration().isValid();
        }

        @Override
        public boolean cancel() {
            return registration().cancel();
        }
    }

    @Override
    public void initialize() {
        epoll.initialize();
    }

    @Override
    public void prepareToDestroy() {
        epoll.prepareToDestroy();
    }

    @Override
    public void destroy() {
        epoll.destroy();
    }

    @Override
    public void wakeup() {
        epoll.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
        return epoll.isCompatible(type);
    }
}
