package dev.ajar.relay.engine;

import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.RelayLimits;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.engine.loop.BulkRule;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.testing.FreePort;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A relay on loopback, which leads to this machine: for a user ajar refuses that. */
final class RelayRig implements AutoCloseable {
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    static {
        Leaks.watch();
    }

    /** The kinds of channel there are here. */
    static List<Boolean> kinds() {
        return Epoll.isAvailable() ? List.of(true, false) : List.of(false);
    }

    /** Added to the real clock, so that a test need not wait for a time limit to pass. */
    private final AtomicLong ahead = new AtomicLong();

    final RelayServer server;
    private final RelayRule rule;

    private RelayRig(boolean epoll, int mostConnections, RelayRule rule) {
        this(EventLoops.of(epoll, 2), mostConnections, rule);
    }

    private RelayRig(EventLoops eventLoops, int mostConnections, RelayRule rule) {
        this.server = new RelayServer(
                eventLoops, new ConnectionLimit(mostConnections), () -> System.nanoTime() + ahead.get());
        this.rule = rule;
        server.apply(List.of(rule));
        server.status().forEach(status -> {
            if (status.trouble().isPresent()) {
                throw new IllegalStateException(status.trouble().get().detail().toString());
            }
        });
    }

    static RelayLimits limits() {
        return new RelayLimits(
                2000,
                2000,
                0,
                Duration.ofMinutes(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
    }

    static RelayRig tcp(boolean epoll, int devicePort) throws IOException {
        return tcp(epoll, devicePort, rule -> rule);
    }

    static RelayRig tcp(boolean epoll, int devicePort, UnaryOperator<RelayRule> change) throws IOException {
        return new RelayRig(epoll, 4000, change.apply(rule(TransportProtocol.TCP, FreePort.tcp(), devicePort)));
    }

    /** On epoll, where any direction goes through a pipe that has carried something once. */
    static RelayRig splicing(int devicePort) throws IOException {
        return new RelayRig(
                EventLoops.of(true, 2, new BulkRule(1, 1, 0)),
                4000,
                rule(TransportProtocol.TCP, FreePort.tcp(), devicePort));
    }

    /** On loops that the test keeps busy. */
    static RelayRig on(EventLoops eventLoops, TransportProtocol protocol, int devicePort) throws IOException {
        int listen = protocol == TransportProtocol.TCP ? FreePort.tcp() : FreePort.udp();
        return new RelayRig(eventLoops, 4000, rule(protocol, listen, devicePort));
    }

    /** Keeps a loop busy from when this returns until what it returns is completed. */
    static CompletableFuture<Void> occupy(EventLoops.Loop loop) {
        CompletableFuture<Void> busy = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        loop.group().execute(() -> {
            busy.complete(null);
            end.join();
        });
        busy.join();
        return end;
    }

    static RelayRig udp(boolean epoll, int devicePort, UnaryOperator<RelayRule> change) throws IOException {
        return new RelayRig(epoll, 4000, change.apply(rule(TransportProtocol.UDP, FreePort.udp(), devicePort)));
    }

    static RelayRule rule(TransportProtocol protocol, int listen, int devicePort) {
        return new RelayRule(
                protocol,
                new Port(listen),
                new Port(listen),
                new Endpoint(LOOPBACK, new Port(devicePort)),
                List.of(),
                limits(),
                Optional.empty());
    }

    /** The same with other limits. */
    static UnaryOperator<RelayRule> with(RelayLimits limits) {
        return rule -> new RelayRule(
                rule.protocol(), rule.external(), rule.listen(), rule.device(), rule.allow(), limits, rule.proxy());
    }

    /** Lets time pass for the relay: it looks after its connections some moments later. */
    void advance(Duration time) {
        ahead.addAndGet(time.toNanos());
    }

    RelayRule rule() {
        return rule;
    }

    int port() {
        return rule.listen().number();
    }

    RuleStatus status() {
        return server.status().getFirst();
    }

    /** How many connections were refused, for all reasons. */
    long refused() {
        return status().refused().values().stream().mapToLong(Long::longValue).sum();
    }

    Socket client() throws IOException {
        return client("127.0.0.1");
    }

    /** @param from any of 127.0.0.0/8 */
    Socket client(String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(Addresses.ipv4(from).orElseThrow(), 0));
        socket.connect(new InetSocketAddress(LOOPBACK, port()), 5000);
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** All in milliseconds. */
    static RelayLimits times(int idle, int connect, int fin, int stall) {
        return new RelayLimits(
                2000,
                2000,
                0,
                Duration.ofMillis(idle),
                Duration.ofSeconds(30),
                Duration.ofMillis(connect),
                Duration.ofMillis(fin),
                Duration.ofMillis(stall));
    }

    static void readToEnd(Socket socket) throws IOException {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() {
        server.close();
    }
}
