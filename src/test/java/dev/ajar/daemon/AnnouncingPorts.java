package dev.ajar.daemon;

import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.ReceiveResult;
import dev.ajar.system.udp.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sockets that receive the announcements of a test, from any sender address. */
final class AnnouncingPorts implements DatagramPorts {
    private final LinkedBlockingQueue<ReceiveResult.Packet> coming = new LinkedBlockingQueue<>();
    private final Set<String> groups = new ConcurrentSkipListSet<>();
    private final AtomicInteger announced = new AtomicInteger();
    private final AtomicInteger passedOn = new AtomicInteger();

    void deliver(InetAddress sender, byte[] bytes) {
        announced.incrementAndGet();
        coming.add(new ReceiveResult.Packet(new InetSocketAddress(sender, 1900), bytes));
    }

    /** Whether the listener has handled all announcements: it waits for the next one. */
    boolean allHeard() {
        return passedOn.get() > announced.get();
    }

    /** The multicast groups that were joined. */
    Set<String> groups() {
        return groups;
    }

    @Override
    public Result<DatagramPort> connected(LocalRoute route, InetSocketAddress peer) {
        throw new UnsupportedOperationException("announcements are only received");
    }

    @Override
    public Result<DatagramPort> searching(LocalRoute route) {
        return Result.ok(new Listening(route.localAddress()));
    }

    private final class Listening implements DatagramPort {
        private final InetAddress local;

        Listening(InetAddress local) {
            this.local = local;
        }

        @Override
        public ReceiveResult receive(Duration timeout) {
            passedOn.incrementAndGet();
            try {
                ReceiveResult.Packet packet = coming.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
                return packet == null ? new ReceiveResult.Silence() : packet;
            } catch (InterruptedException e) {
                return new ReceiveResult.Interrupted();
            }
        }

        @Override
        public void alsoHear(InetSocketAddress group) {
            groups.add(group.getAddress().getHostAddress() + ":" + group.getPort());
        }

        @Override
        public SendResult send(byte[] payload, InetSocketAddress destination) {
            throw new UnsupportedOperationException("announcements are only received");
        }

        @Override
        public void wake() {}

        @Override
        public InetAddress localAddress() {
            return local;
        }

        @Override
        public void close() {}
    }
}
