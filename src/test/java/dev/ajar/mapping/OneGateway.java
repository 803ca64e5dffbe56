package dev.ajar.mapping;

import dev.ajar.discovery.GatewayCandidates;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.gateway.Capability;
import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
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
import dev.ajar.state.MappingRecord;
import dev.ajar.system.Deadline;
import dev.ajar.system.MissingHome;
import dev.ajar.testing.FakeGateway;
import dev.ajar.testing.ManualTimeline;
import dev.ajar.testing.Samples;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The only gateway: it speaks UPnP unless a test says otherwise, answers as a test sets it, and records the requests
 * for changes.
 */
public final class OneGateway implements Gateway, GatewaySource {
    public static final String MARK = "ab12";

    private final FakeGateway granting;
    public final List<String> changes = new ArrayList<>();
    public final ManualTimeline timeline = new ManualTimeline();
    public final Deadline deadline = Deadline.after(timeline, Duration.ofSeconds(10));
    public Presence presence = new Presence.Absent();

    /** What the first looks show in place of it. */
    public final Deque<Presence> firstSeen = new ArrayDeque<>();

    /** Its table, where the look shows no more than one entry of it. */
    public final List<ObservedMapping> listed = new ArrayList<>();

    public UnaryOperator<Result<Grant>> granted = grant -> grant;
    public Result<Removed> removed = Result.ok(new Removed());
    public Result<Gateway> reopened = Result.ok(this);

    /** The router in another protocol, which a search finds in its place. */
    public Optional<Gateway> other = Optional.empty();

    /** How often it was searched for. */
    public int searches;

    /** Whether a search finds nothing. */
    public boolean absent;

    /** What the first search has tried, if it finds nothing. */
    List<ProbeAttempt> triedFirst = List.of();

    /** Why no home router can be on any network of this machine. */
    public Optional<MissingHome> missing = Optional.empty();

    /** Whether a search for the gateway of an earlier mapping takes all the time it has. */
    public boolean slow;

    /** Whether it answers when it is asked whether it is there. */
    public Result<Removed> health = Result.ok(new Removed());

    /** What it tells of its epoch. */
    public Optional<Long> epoch = Optional.empty();

    /** What the last request knew of it. */
    public GatewayHistory history = GatewayHistory.NONE;

    public OneGateway() {
        this(UpnpProtocol.UPNP);
    }

    public OneGateway(MappingProtocol method) {
        granting = new FakeGateway(method);
    }

    /** An entry of its table that leads to port 25565 of a device. */
    public static ObservedMapping entry(InetAddress client, String name) {
        return new ObservedMapping(
                TransportProtocol.TCP,
                new Port(25565),
                new RouterText(client.getHostAddress()),
                new Port(25565),
                RouterText.EMPTY,
                new RouterText(name),
                true,
                Optional.empty());
    }

    /** How long it takes to show an entry. */
    public Duration lookTakes = Duration.ZERO;

    /** TCP port 25565 of this machine, opened here now. */
    public MappingRecord opened() {
        Claim claim = claim(Samples.tcp(25565), Optional.empty());
        return MappingRecord.held(new Lease(
                claim,
                claim.mapping().externalPort(),
                claim.mapping().lease(),
                timeline.instant(),
                Optional.empty(),
                epoch,
                true));
    }

    /** The same by a router that would not show it when it granted it. */
    public MappingRecord openedUnseen() {
        Lease seen = opened().lease().orElseThrow();
        return MappingRecord.held(new Lease(
                seen.claim(),
                seen.externalPort(),
                seen.granted(),
                seen.grantedAt(),
                seen.externalAddress(),
                seen.epoch(),
                false));
    }

    public static Result<Grant> silent(Result<Grant> ignored) {
        return Result.err(new Failure.TimedOut(Message.verbatim("the router did not answer")));
    }

    public static Result<Grant> refusing(Result<Grant> ignored) {
        return Result.err(new Failure.Refused(Message.verbatim("not authorised"), Optional.empty()));
    }

    @Override
    public GatewayInfo info() {
        return granting.info();
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        return new Claim(
                mapping,
                info().id(),
                mapping.target().seenFrom(Samples.HERE),
                earlier.orElse(new UpnpEntry(URI.create("http://192.168.77.1/d.xml"), MARK)),
                timeline.instant());
    }

    @Override
    public Result<Grant> map(Claim claim, GatewayHistory known, Deadline end) {
        history = known;
        changes.add("map " + claim.mapping().label());
        return granted.apply(granting.map(claim, known, end));
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline end) {
        changes.add("unmap " + externalPort + " of " + claim.internal());
        return removed;
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline end) {
        return granting.externalAddress(end);
    }

    @Override
    public Result<HealthCheck> checkHealth(Deadline end) {
        return health.flatMap(
                alive -> granting.checkHealth(end).map(told -> new HealthCheck(epoch, told.address(), true)));
    }

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline end) {
        timeline.advance(lookTakes);
        Presence first = firstSeen.poll();
        return first == null ? presence : first;
    }

    @Override
    public Result<MappingTable> list(Deadline end) {
        return Result.ok(new MappingTable(List.copyOf(listed), true, List.of()));
    }

    @Override
    public GatewayCandidates search(GatewaySelector selection, Deadline end) {
        searches++;
        List<ProbeAttempt> tried = triedFirst;
        triedFirst = List.of();
        return new GatewayCandidates() {
            @Override
            public Optional<Gateway> next(Set<Capability> needed) {
                return absent || !tried.isEmpty() ? Optional.empty() : Optional.of(other.orElse(OneGateway.this));
            }

            @Override
            public List<ProbeAttempt> attempts() {
                return tried;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public DiscoveryResult explore(GatewaySelector selection, Deadline end) {
        return new DiscoveryResult(List.of(this), List.of());
    }

    @Override
    public boolean mayBeDevice(InetAddress address, GatewaySelector selection) {
        return true;
    }

    @Override
    public boolean mayBeInFront(InetAddress address) {
        return false;
    }

    @Override
    public Result<Gateway> reopen(Claim claim, Deadline end) {
        if (slow) {
            timeline.advance(end.remaining());
        }
        return reopened;
    }

    @Override
    public boolean isThisMachine(InetAddress address) {
        return address.equals(Samples.HERE);
    }

    @Override
    public Optional<MissingHome> missingHome() {
        return missing;
    }
}
