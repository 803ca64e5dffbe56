package dev.ajar.testing;

import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.ReceiveResult;
import dev.ajar.system.udp.SendResult;
import dev.ajar.testing.PxpRewritings.Arrival;
import dev.ajar.testing.PxpRewritings.Asked;
import dev.ajar.testing.PxpRewritings.Rewriting;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The way to a server of NAT-PMP or PCP that answers as its rewriting says. Waiting moves the {@link ManualTimeline},
 * so that a conversation full of lost packets takes no time.
 */
public final class PxpLink implements DatagramPorts {
    private final ManualTimeline clock;
    private final InetAddress local;
    private final PxpTable table;
    private Optional<Rewriting> rewriting = Optional.empty();
    private Optional<Rewriting> ofQuestions = Optional.empty();
    private int mappings;
    private int deletions;
    private int questions;

    public PxpLink(ManualTimeline clock, InetAddress local, boolean pcp) {
        this.clock = clock;
        this.local = local;
        this.table = new PxpTable(clock, pcp);
    }

    /** From now on requests for mappings are answered so; empty for rightly. */
    public void answers(Optional<Rewriting> other) {
        rewriting = other;
        mappings = 0;
    }

    /** From now on questions that change nothing are answered so; empty for rightly. */
    public void answersQuestions(Optional<Rewriting> other) {
        ofQuestions = other;
        questions = 0;
    }

    /** The same for deletions alone, while another port is granted than the one wanted. */
    public void answersWhatItTakesBack(Rewriting other) {
        answers(Optional.of((nth, asked) -> PxpTable.isDeletion(asked.request())
                ? other.arrivals(++deletions, asked)
                : asked.done().map(Arrival::of).stream().toList()));
        table.grantsTheNext();
    }

    /** Whether the server has a mapping of that internal port. */
    public boolean isOpen(int internal) {
        return table.isOpen(internal);
    }

    /** What the server has. */
    public String table() {
        return table.toString();
    }

    private List<Arrival> arrivals(byte[] request) {
        boolean changes = PxpTable.isMapping(request);
        Optional<Rewriting> now = changes ? rewriting : ofQuestions;
        if (now.isEmpty()) {
            return table.answer(request).map(Arrival::of).stream().toList();
        }
        return now.get().arrivals(changes ? ++mappings : ++questions, new Asked() {
            @Override
            public byte[] request() {
                return request;
            }

            @Override
            public Optional<byte[]> done() {
                return table.answer(request);
            }

            @Override
            public byte[] refused(int code) {
                return table.refusal(request, code);
            }
        });
    }

    @Override
    public Result<DatagramPort> connected(LocalRoute route, InetSocketAddress peer) {
        return Result.ok(new Port(peer));
    }

    @Override
    public Result<DatagramPort> searching(LocalRoute route) {
        return Result.ok(new Port(new InetSocketAddress(local, 9)));
    }

    private record Due(Duration at, Optional<byte[]> bytes) {}

    private final class Port implements DatagramPort {
        private final InetSocketAddress peer;
        private final List<Due> due = new ArrayList<>();

        Port(InetSocketAddress peer) {
            this.peer = peer;
        }

        @Override
        public SendResult send(byte[] payload, InetSocketAddress destination) {
            Duration now = clock.uptime();
            arrivals(payload).forEach(arrival -> due.add(new Due(now.plus(arrival.after()), arrival.bytes())));
            due.sort(Comparator.comparing(Due::at));
            return SendResult.SENT;
        }

        @Override
        public ReceiveResult receive(Duration timeout) {
            Duration until = clock.uptime().plus(timeout);
            if (due.isEmpty() || due.getFirst().at().compareTo(until) > 0) {
                clock.advance(timeout);
                return new ReceiveResult.Silence();
            }
            Due next = due.removeFirst();
            if (next.at().compareTo(clock.uptime()) > 0) {
                clock.advance(next.at().minus(clock.uptime()));
            }
            return next.bytes()
                    .<ReceiveResult>map(bytes -> new ReceiveResult.Packet(peer, bytes))
                    .orElseGet(() -> new ReceiveResult.Unreachable(Message.of("system.no-listener")));
        }

        @Override
        public void alsoHear(InetSocketAddress group) {}

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
