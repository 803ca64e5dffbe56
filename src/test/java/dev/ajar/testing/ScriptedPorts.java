package dev.ajar.testing;

import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.ReceiveResult;
import dev.ajar.system.udp.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A socket that plays a script: what arrives, and after how long. Waiting moves the {@link ManualTimeline}, so that a
 * test of a time-out takes no time.
 */
public final class ScriptedPorts implements DatagramPorts {
    private record Line(Duration at, ReceiveResult reception) {}

    private final ManualTimeline timeline;
    private final InetAddress local;
    private final Deque<Line> script = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private final List<Duration> sentAt = new ArrayList<>();
    private final List<InetSocketAddress> sentTo = new ArrayList<>();
    private final Set<InetSocketAddress> heard = new LinkedHashSet<>();

    private int lost;

    private Predicate<InetSocketAddress> keepsIn = destination -> false;

    public ScriptedPorts(ManualTimeline timeline, InetAddress local) {
        this.timeline = timeline;
        this.local = local;
    }

    /** @param at time since the beginning, later than the lines before */
    public ScriptedPorts arrives(Duration at, InetSocketAddress from, byte[] bytes) {
        script.add(new Line(at, new ReceiveResult.Packet(from, bytes)));
        return this;
    }

    public ScriptedPorts unreachable(Duration at) {
        script.add(new Line(at, new ReceiveResult.Unreachable(Message.of("system.no-listener"))));
        return this;
    }

    /** This machine's own firewall does not let out what goes there. */
    public ScriptedPorts keepsIn(Predicate<InetSocketAddress> where) {
        keepsIn = where;
        return this;
    }

    /** The first datagrams do not leave this machine. */
    public ScriptedPorts loses(int first) {
        lost = first;
        return this;
    }

    public List<byte[]> sent() {
        return sent;
    }

    public List<InetSocketAddress> sentTo() {
        return sentTo;
    }

    /** The groups that were joined. */
    public Set<InetSocketAddress> heard() {
        return heard;
    }

    public List<Duration> sentAt() {
        return sentAt;
    }

    @Override
    public Result<DatagramPort> connected(LocalRoute route, InetSocketAddress peer) {
        return Result.ok(new Port());
    }

    @Override
    public Result<DatagramPort> searching(LocalRoute route) {
        return Result.ok(new Port());
    }

    private final class Port implements DatagramPort {
        @Override
        public SendResult send(byte[] payload, InetSocketAddress destination) {
            sent.add(payload);
            sentAt.add(timeline.uptime());
            sentTo.add(destination);
            if (sent.size() <= lost) {
                return SendResult.LOST;
            }
            return keepsIn.test(destination) ? SendResult.KEPT_IN : SendResult.SENT;
        }

        @Override
        public ReceiveResult receive(Duration timeout) {
            Duration until = timeline.uptime().plus(timeout);
            Line next = script.peek();
            if (next == null || next.at().compareTo(until) > 0) {
                timeline.advance(timeout);
                return new ReceiveResult.Silence();
            }
            script.remove();
            Duration wait = next.at().minus(timeline.uptime());
            if (!wait.isNegative()) {
                timeline.advance(wait);
            }
            return next.reception();
        }

        @Override
        public void alsoHear(InetSocketAddress group) {
            heard.add(group);
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
