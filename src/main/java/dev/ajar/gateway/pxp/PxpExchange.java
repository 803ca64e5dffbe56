package dev.ajar.gateway.pxp;

import dev.ajar.message.Message;
import dev.ajar.model.Durations;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.ReceiveResult;
import dev.ajar.system.udp.SendResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One question to a NAT-PMP or PCP server and its answer. The socket is new for each question: its random source port
 * is all the protection NAT-PMP has against forged answers.
 */
final class PxpExchange {
    /** RFC 6886 section 3.1 begins with 250 ms and doubles; PCP's 3 s would keep a user waiting. */
    static final Duration FIRST_WAIT = Duration.ofMillis(250);

    /** Every second packet may be lost while a user waits, and two a second harm no router. */
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /**
     * How long at least after a refusal the answers to the same question sent earlier may still come: a slow router's
     * take as long as the refusal took.
     */
    private static final Duration EARLIER = LONGEST_WAIT;

    private final DatagramPorts ports;
    private final int serverPort;

    /**
     * An answer.
     *
     * @param settled whether no packet of the question is left that may have been answered otherwise: what was granted
     *     and not heard of is there, whatever is said to the question when it comes again
     */
    record Heard<T>(T reply, boolean settled) {}

    PxpExchange(DatagramPorts ports, int serverPort) {
        this.ports = ports;
        this.serverPort = serverPort;
    }

    /** The wait after one of that length. */
    static Duration next(Duration wait) {
        Duration longer = Durations.times(wait, 2);
        return longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    }

    InetSocketAddress server(InetAddress gateway) {
        return new InetSocketAddress(gateway, serverPort);
    }

    Result<DatagramPort> open(LocalRoute route, InetAddress gateway) {
        return ports.connected(route, server(gateway));
    }

    /**
     * Asks until an acceptable answer comes.
     *
     * @param request the packet, given our own address on the way to the server
     * @param reader empty for packets that do not answer this question; they are ignored
     */
    <T> Result<T> ask(
            LocalRoute route,
            InetAddress gateway,
            Function<InetAddress, byte[]> request,
            Function<byte[], Optional<T>> reader,
            Deadline deadline) {
        return ask(route, gateway, List.of(request), reader, deadline);
    }

    /** @param requests the first alone for half of the time, then all: an answer to the first may come late */
    <T> Result<T> ask(
            LocalRoute route,
            InetAddress gateway,
            List<Function<InetAddress, byte[]>> requests,
            Function<byte[], Optional<T>> reader,
            Deadline deadline) {
        return ask(route, gateway, requests, reader, answer -> true, deadline, deadline)
                .map(Heard::reply);
    }

    /**
     * Asks for a change.
     *
     * @param done whether an answer holds for all packets of the question: that it is made, or never was; another
     *     counts once each packet has been answered
     * @param asking until when packets are sent
     * @param deadline for the answers to what was sent, once one of them has been refused
     */
    <T> Result<Heard<T>> change(
            LocalRoute route,
            InetAddress gateway,
            Function<InetAddress, byte[]> request,
            Function<byte[], Optional<T>> reader,
            Predicate<T> done,
            Deadline asking,
            Deadline deadline) {
        return ask(route, gateway, List.of(request), reader, done, asking, deadline);
    }

    private <T> Result<Heard<T>> ask(
            LocalRoute route,
            InetAddress gateway,
            List<Function<InetAddress, byte[]>> requests,
            Function<byte[], Optional<T>> reader,
            Predicate<T> done,
            Deadline asking,
            Deadline deadline) {
        return switch (open(route, gateway)) {
            case Result.Err<DatagramPort>(Failure failure) -> Result.err(failure);
            case Result.Ok<DatagramPort>(DatagramPort port) -> {
                try (port) {
                    List<byte[]> packets = requests.stream()
                            .map(request -> request.apply(port.localAddress()))
                            .toList();
                    yield ask(port, server(gateway), packets, reader, done, asking, deadline);
                }
            }
        };
    }

    private static <T> Result<Heard<T>> ask(
            DatagramPort port,
            InetSocketAddress server,
            List<byte[]> requests,
            Function<byte[], Optional<T>> reader,
            Predicate<T> done,
            Deadline asking,
            Deadline deadline) {
        Duration most = deadline.remaining();
        Duration half = Durations.divided(asking.remaining(), 2);
        Duration wait = FIRST_WAIT;
        boolean asked = false;
        int unanswered = 0;
        Optional<T> refusal = Optional.empty();
        while (!asking.hasPassed() && refusal.isEmpty()) {
            boolean late = asking.remaining().compareTo(half) < 0;
            for (byte[] request : late ? requests : requests.subList(0, 1)) {
                SendResult sent = port.send(request, server);
                asked |= sent != SendResult.KEPT_IN;
                unanswered += sent == SendResult.SENT ? 1 : 0;
            }
            if (!asked) {
                return Result.err(new Failure.KeptIn(Message.of("pxp.kept-in", "port", server.getPort())));
            }
            Deadline round = asking.within(wait);
            while (!round.hasPassed()) {
                switch (port.receive(round.remaining())) {
                    case ReceiveResult.Packet packet -> {
                        Optional<T> answer = reader.apply(packet.bytes());
                        boolean isLast = unanswered == 1;
                        if (answer.isPresent() && (isLast || done.test(answer.get()))) {
                            return Result.ok(new Heard<>(answer.get(), true));
                        }
                        if (answer.isPresent()) {
                            unanswered--;
                            Duration took = most.minus(deadline.remaining());
                            round = refusal.isPresent()
                                    ? round
                                    : deadline.within(took.compareTo(EARLIER) > 0 ? took : EARLIER);
                            refusal = answer;
                        }
                    }
                    case ReceiveResult.Silence ignored -> {}
                    case ReceiveResult.Unreachable unreachable -> {
                        // What was refused is known, whatever became of the other packets.
                        if (refusal.isEmpty()) {
                            return Result.err(new Failure.Unreachable(Message.of(
                                    "pxp.refused", "port", server.getPort(), "reason", unreachable.detail())));
                        }
                    }
                    case ReceiveResult.Interrupted ignored -> {
                        return Result.err(new Failure.TimedOut(Message.of("pxp.question-cancelled")));
                    }
                }
            }
            wait = next(wait);
        }
        return refusal.map(answer -> Result.ok(new Heard<>(answer, false)))
                .orElseGet(() -> Result.err(new Failure.TimedOut(Message.of("pxp.silent", "port", server.getPort()))));
    }
}
