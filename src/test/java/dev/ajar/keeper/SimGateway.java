package dev.ajar.keeper;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A simulated router in one protocol. */
final class SimGateway implements Gateway {
    private final SimRouter router;
    private final SimNetwork network;
    private final GatewayInfo info;

    SimGateway(SimRouter router, SimNetwork network, MappingProtocol method) {
        this.router = router;
        this.network = network;
        Set<Capability> capabilities =
                method.equals(UpnpProtocol.UPNP) ? EnumSet.allOf(Capability.class) : EnumSet.noneOf(Capability.class);
        this.info = new GatewayInfo(
                new GatewayId(method, network.gateway()),
                network.route().orElse(Samples.ROUTE),
                method.title(),
                RouterText.EMPTY,
                RouterText.EMPTY,
                Optional.empty(),
                capabilities);
    }

    private MappingProtocol method() {
        return info.method();
    }

    @Override
    public GatewayInfo info() {
        return info;
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        LeaseHandle handle =
                earlier.filter(old -> isPcp() && !nonce(old).isEmpty()).orElseGet(this::newHandle);
        return new Claim(
                mapping, info.id(), mapping.target().seenFrom(info.localAddress()), handle, router.clock.instant());
    }

    /** Lets the time of an exchange pass; empty if there is an answer. */
    private Optional<Failure> exchange(Deadline deadline) {
        // Clients repeat lost packets, so a loss here is that of a whole exchange.
        boolean answered = router.receives() && network.isThere(info.localAddress());
        Duration time = Duration.ofMillis(3 + router.random.nextInt(40));
        Duration left = deadline.remaining();
        router.clock.advance(answered || left.compareTo(time) < 0 ? time : left);
        return answered ? Optional.empty() : Optional.of(new Failure.TimedOut(Message.verbatim("silence")));
    }

    private static SimRouter.Key key(TransportProtocol protocol, Port port) {
        return new SimRouter.Key(protocol, port);
    }

    private LeaseHandle newHandle() {
        if (isPcp()) {
            byte[] nonce = new byte[12];
            router.random.nextBytes(nonce);
            return Samples.pcpHandle(HexFormat.of().formatHex(nonce));
        }
        return isUpnp()
                ? new UpnpEntry(URI.create("http://192.168.77.1/d.xml"), "k7q2")
                : method().handles().read(Map.of());
    }

    private boolean isPcp() {
        return method().equals(PxpProtocols.PCP);
    }

    private boolean isListed() {
        return newHandle().traits().listed();
    }

    private boolean isUpnp() {
        return method().equals(UpnpProtocol.UPNP);
    }

    private static String nonce(LeaseHandle handle) {
        return String.valueOf(handle.members().getOrDefault("nonce", ""));
    }

    @Override
    public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        router.mappingRequests++;
        if (router.ignoresMappingRequests) {
            router.clock.advance(deadline.remaining());
            return Result.err(new Failure.TimedOut(Message.verbatim("silence")));
        }
        Optional<Failure> silence = exchange(deadline);
        if (silence.isPresent()) {
            return Result.err(silence.get());
        }
        SimRouter.Key key = key(claim.mapping().protocol(), claim.mapping().externalPort());
        Optional<SimRouter.Entry> there = router.at(key);
        if (router.refusesRenewals && there.isPresent()) {
            router.remove(key);
            return Result.err(new Failure.Refused(Message.verbatim("no"), Optional.empty()));
        }
        if (router.keepsWhatItHas && there.isPresent()) {
            return Result.err(new Failure.Refused(Message.verbatim("no"), Optional.empty()));
        }
        if (isUpnp()
                && there.map(e -> seen(key.protocol(), key.external(), e))
                        .filter(history::isOurs)
                        .isPresent()) {
            // As the real gateway does with an ajar entry that leads elsewhere.
            router.remove(key);
            there = Optional.empty();
        }
        boolean others = there.filter(entry -> entry.foreign()
                        || (isPcp() && !entry.nonce().equals(nonce(claim.handle())))
                        || !entry.internal().equals(claim.internal()))
                .isPresent();
        if (others) {
            return Result.err(new Failure.Conflict(
                    Message.verbatim("taken"), there.map(SimRouter.Entry::internal), Optional.empty()));
        }
        if (there.isEmpty() && router.table.size() >= router.room) {
            return Result.err(new Failure.NoResources(Message.verbatim("full"), Optional.empty()));
        }
        boolean forEver = router.permanentOnly && isUpnp();
        LeaseDuration granted = forEver
                ? LeaseDuration.PERMANENT
                : LeaseDuration.ofSeconds(Math.min(
                        router.longestLease, Math.max(1, claim.mapping().lease().seconds())));
        Optional<Duration> end =
                forEver ? Optional.empty() : Optional.of(router.clock.elapsed().plusSeconds(granted.seconds()));
        router.put(key, new SimRouter.Entry(claim.internal(), claim.entryName(), end, nonce(claim.handle()), false));
        // The answer was made before a restart that follows the grant at once.
        long epoch = router.epoch();
        router.granted();
        return Result.ok(new Grant.Granted(new Lease(
                claim,
                claim.mapping().externalPort(),
                granted,
                router.clock.instant(),
                isPcp() ? router.external : Optional.empty(),
                method().traits().hasEpoch() ? Optional.of(epoch) : Optional.empty(),
                !router.deniesEntries,
                isListed() && !router.hidesTable && !router.deniesEntries
                        ? Optional.of(claim.entryName())
                        : Optional.empty())));
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        router.removals++;
        Optional<Failure> silence = exchange(deadline);
        if (silence.isPresent()) {
            return Result.err(silence.get());
        }
        SimRouter.Key key = key(claim.mapping().protocol(), externalPort);
        Optional<SimRouter.Entry> there = router.at(key);
        if (there.isEmpty()) {
            return Result.ok(new Removed());
        }
        boolean listed = isListed();
        boolean ours = there.get().internal().equals(claim.internal());
        if (!listed && !ours) {
            return Result.ok(new Removed());
        }
        if (!listed && !there.get().nonce().equals(nonce(claim.handle()))) {
            return Result.err(new Failure.Refused(Message.verbatim("not yours"), Optional.empty()));
        }
        router.remove(key);
        return Result.ok(new Removed());
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return exchange(deadline)
                .<Result<Optional<InetAddress>>>map(Result::err)
                .orElseGet(() -> Result.ok(router.external));
    }

    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        if (router.sendsMalformedAddress && exchange(deadline).isEmpty()) {
            return Result.err(new Failure.Malformed(Message.verbatim("HTTP 500"), Optional.empty()));
        }
        Optional<Long> epoch = method().traits().hasEpoch() ? Optional.of(router.epoch()) : Optional.empty();
        return externalAddress(deadline).map(address -> new HealthCheck(epoch, address, true));
    }

    @Override
    public Optional<Duration> anewEvery() {
        return router.anewEvery;
    }

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        if (!isListed()) {
            return new Presence.Unknown(Message.verbatim("no list"), true);
        }
        if (exchange(deadline).isPresent()) {
            return new Presence.Unknown(Message.verbatim("silence"), false);
        }
        if (router.deniesLater) {
            return new Presence.Absent();
        }
        if (router.deniesEntries) {
            return new Presence.Absent(true);
        }
        if (router.hidesTable) {
            return new Presence.Unknown(Message.verbatim("not shown"), true);
        }
        return router.at(key(protocol, externalPort))
                .<Presence>map(entry -> new Presence.Present(seen(protocol, externalPort, entry)))
                .orElseGet(() -> new Presence.Absent());
    }

    private ObservedMapping seen(TransportProtocol protocol, Port port, SimRouter.Entry entry) {
        return new ObservedMapping(
                protocol,
                port,
                new RouterText(entry.internal().address().getHostAddress()),
                entry.internal().port(),
                RouterText.EMPTY,
                new RouterText(entry.description()),
                true,
                entry.end()
                        .<LeaseDuration>map(end -> LeaseDuration.ofSeconds(
                                Math.max(1, end.minus(router.clock.elapsed()).toSeconds())))
                        .or(() -> Optional.of(LeaseDuration.PERMANENT)));
    }

    @Override
    public Result<MappingTable> list(Deadline deadline) {
        return Result.ok(new MappingTable(List.of(), true, List.of()));
    }
}
