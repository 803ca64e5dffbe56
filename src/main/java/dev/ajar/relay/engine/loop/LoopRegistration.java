package dev.ajar.relay.engine.loop;

import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Puts a socket without a channel around it into an event loop, and ends it there. */
public final class LoopRegistration {
    private LoopRegistration() {}

    /** On the loop's own thread, or on one that may wait for it. */
    public static IoRegistration open(EventLoops.Loop loop, IoHandle handle) throws IOException {
        var registered = loop.group().register(handle).awaitUninterruptibly();
        if (!registered.isSuccess()) {
            throw new IOException(registered.cause());
        }
        return registered.getNow();
    }

    /** Closed before it is taken out of the loop: then the system takes it out of epoll by itself. */
    public static void close(FileDescriptor fd, @Nullable IoRegistration registration) {
        try {
            fd.close();
        } catch (IOException e) {
            // Its number is free all the same.
            cancel(registration);
            return;
        }
        cancel(registration);
    }

    private static void cancel(@Nullable IoRegistration registration) {
        if (registration != null) {
            registration.cancel();
        }
    }
}
