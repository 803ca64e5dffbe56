package dev.ajar.relay.engine.loop;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads that relay, each with its own part of the connections, and the kind of channel they use. */
public final class EventLoops implements AutoCloseable {
    /** More threads do not help on a home's internet line. */
    private static final int MOST = 4;

    private static final int PAGE = 8192;

    /** Pages of 8 KiB to the power of nine: chunks of 4 MiB. */
    private static final int CHUNK_ORDER = 9;

    private final boolean epoll;
    private final List<Loop> all = new ArrayList<>();
    private final ByteBufAllocator allocator;

    /** One thread. */
    public record Loop(
            int number, MultiThreadIoEventLoopGroup group, ByteBufAllocator allocator, LoopWorkspace workspace) {}

    private EventLoops(boolean epoll, int count, BulkRule bulkRule) {
        this.epoll = epoll;
        this.allocator = new PooledByteBufAllocator(true, 0, count, PAGE, CHUNK_ORDER, 64, 32, true);
        for (int i = 0; i < count; i++) {
            LoopWorkspace workspace = new LoopWorkspace(bulkRule);
            IoHandlerFactory factory = epoll ? PatchedEpoll.factory(workspace) : NioIoHandler.newFactory();
            all.add(new Loop(
                    i,
                    new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("relay", true), factory),
                    allocator,
                    workspace));
        }
    }

    /** One thread for each processor, on the fastest transport this system has. */
    public static EventLoops best() {
        return of(Epoll.isAvailable(), Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    }

    public static EventLoops of(boolean epoll, int count) {
        return of(epoll, count, BulkRule.STANDARD);
    }

    public static EventLoops of(boolean epoll, int count, BulkRule bulkRule) {
        return new EventLoops(epoll, count, bulkRule);
    }

    public List<Loop> all() {
        return all;
    }

    /** Whether each loop has a listening socket of its own, among which the system divides new connections. */
    boolean shares() {
        return epoll;
    }

    public boolean isEpoll() {
        return epoll;
    }

    public ByteBufAllocator allocator() {
        return allocator;
    }

    public DatagramChannel datagram() {
        return epoll ? new EpollDatagramChannel() : EmptyDatagram.nio();
    }

    /** To be called before it is bound. */
    public void share(Channel listener) {
        if (epoll) {
            listener.config().setOption(EpollChannelOption.SO_REUSEPORT, true);
        }
    }

    @Override
    public void close() {
        for (Loop loop : all) {
            loop.group().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2000);
            loop.workspace().close();
        }
    }
}
