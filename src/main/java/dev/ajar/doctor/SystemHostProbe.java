package dev.ajar.doctor;

import dev.ajar.catalog.RouterTraces;
import dev.ajar.http.AdminPage;
import dev.ajar.http.RouterHttp;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.system.Deadline;
import dev.ajar.system.EagerValue;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.MissingHome;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import dev.ajar.system.host.HostInspector;
import dev.ajar.system.machine.AnswerRoute;
import dev.ajar.system.machine.KernelRoute;
import dev.ajar.system.machine.LinkKind;
import dev.ajar.system.machine.LocalServer;
import dev.ajar.system.machine.Machine;
import dev.ajar.system.machine.RuleRoute;
import dev.ajar.system.machine.Translation;
import dev.ajar.system.route.SecondHop;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The machine that ajar runs on. */
public final class SystemHostProbe implements HostProbe {
    private static final int LONGEST_GREETING = 256;

    /** For how long what was read ahead tells this machine as it is. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final NetworkView network;
    private final Supplier<RouterHttp> http;
    private final Timeline timeline;
    private final Supplier<HostInspector> host;
    private final boolean examines;

    public SystemHostProbe(NetworkView network, Supplier<RouterHttp> http, Timeline timeline, HostInspector host) {
        this(network, http, timeline, () -> host, false);
    }

    private SystemHostProbe(
            NetworkView network,
            Supplier<RouterHttp> http,
            Timeline timeline,
            Supplier<HostInspector> host,
            boolean examines) {
        this.examines = examines;
        this.network = network;
        this.http = http;
        this.timeline = timeline;
        this.host = host;
    }

    @Override
    public List<LocalRoute> routes() {
        return network.allRoutes();
    }

    @Override
    public Optional<LocalRoute> homeOverIpv6() {
        return network.routes().stream().anyMatch(LocalRoute::leadsOut)
                ? Optional.empty()
                : network.ipv6Routes().stream().findFirst();
    }

    @Override
    public boolean isVirtual(String interfaceName) {
        LinkKind kind = network.machine().kind(interfaceName);
        return !kind.mayLeadHome() || kind == LinkKind.CONTAINER_BRIDGE;
    }

    @Override
    public boolean isOwn(InetAddress address) {
        return network.isOwn(address);
    }

    @Override
    public HostProbe examining() {
        return new SystemHostProbe(network, http, timeline, host, true);
    }

    @Override
    public Optional<AnswerRoute> detour(InetAddress own, Optional<InetAddress> gateway, Optional<LocalServer> server) {
        Machine machine = examines ? network.examined(IpVersion.of(own)) : network.machine(IpVersion.of(own));
        // This machine may have talked to the routers since that picture.
        Map<InetAddress, String> cards = new HashMap<>();
        Stream<KernelRoute> ways = Stream.concat(
                Stream.of(machine.answer(own)),
                machine.ruled().getOrDefault(own, List.of()).stream().map(RuleRoute::way));
        Stream.concat(gateway.stream(), ways.flatMap(way -> way.known().flatMap(KernelRoute.Known::nextHop).stream()))
                .forEach(router -> host().neighbour(router).ifPresent(card -> cards.put(router, card)));
        return machine.knowing(cards).detour(own, gateway, server);
    }

    @Override
    public Optional<Translation> inside() {
        // The gateway was asked since the first look, and has shown its card.
        Machine machine = network.machine().knowing(network.neighboursNow());
        return home().flatMap(
                        route -> route.gateway().flatMap(to -> Translation.of(machine, route.interfaceName(), to)));
    }

    @Override
    public Optional<MissingHome> missingHome() {
        return network.missingHome();
    }

    @Override
    public HostInspector host() {
        return host.get();
    }

    @Override
    public HostProbe ahead() {
        HostInspector early = host().readAhead();
        // A picture for one command is kept by the network itself.
        EagerValue.of("machine", network::machine);
        Deadline old = Deadline.after(timeline, FRESH);
        return new SystemHostProbe(network, http, timeline, () -> old.hasPassed() ? host() : early, examines);
    }

    @Override
    public RouterTraces traces(LocalRoute route, InetAddress router, Duration patience) {
        AdminPage page = AdminPage.of(http.get(), route, router, Deadline.after(timeline, patience))
                .orElse(new AdminPage("", "", ""));
        // The request for the page has put the router's MAC address into the neighbour table.
        return new RouterTraces("", "", page.server(), page.title(), page.realm(), "")
                .withMac(host().neighbour(router).orElse(""));
    }

    @Override
    public Optional<String> greeting(InetAddress address, Port port, Duration patience) {
        int half = (int) Math.max(1, patience.toMillis() / 2);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port.number()), half);
            socket.setSoTimeout(half);
            Optional<String> first = read(socket.getInputStream());
            if (first.isPresent()) {
                return first;
            }
            socket.getOutputStream().write("HEAD / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return read(socket.getInputStream());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<InetAddress> secondHop() {
        // A first router that cannot pass the packet on may answer as well.
        return new SecondHop(System.getProperty("os.name", ""))
                .find()
                .filter(hop -> !network.isOwn(hop)
                        && network.routes().stream()
                                .noneMatch(route -> route.gateway().equals(Optional.of(hop))));
    }

    private static Optional<String> read(InputStream in) throws IOException {
        byte[] bytes = new byte[LONGEST_GREETING];
        try {
            int length = in.read(bytes);
            return length <= 0
                    ? Optional.empty()
                    : Optional.of(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }
}
