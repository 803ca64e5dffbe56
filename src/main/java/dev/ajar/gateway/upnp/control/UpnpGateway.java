package dev.ajar.gateway.upnp.control;

import dev.ajar.catalog.Quirks;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.FailureKind;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** An Internet Gateway Device. */
public final class UpnpGateway implements Gateway {
    /** For an answer that only adds a warning. */
    private static final Duration STATUS_TIME = Duration.ofSeconds(2);

    private final GatewayInfo info;
    private final List<WanConnection> services;
    private final Supplier<Quirks> quirks;
    private final Timeline timeline;
    private final RandomGenerator random;
    private final UnshownEntries unshown = new UnshownEntries();
    private @Nullable List<WanConnection> ranked;

    /** Read once, since it is asked for with every look of the keeper. */
    private @Nullable Quirks knownQuirks;

    private @Nullable LineQuestion beside;

    /** @param services at least one */
    public UpnpGateway(
            GatewayInfo info,
            List<WanConnection> services,
            Supplier<Quirks> quirks,
            Timeline timeline,
            RandomGenerator random) {
        this.info = info;
        this.services = List.copyOf(services);
        this.quirks = quirks;
        this.timeline = timeline;
        this.random = random;
    }

    @Override
    public GatewayInfo info() {
        return info;
    }

    private List<WanConnection> ranked(RequestBudget requestBudget, Deadline deadline) {
        List<WanConnection> known = ranked;
        if (known == null) {
            known = ServiceSelection.ranked(services, requestBudget, deadline);
            ranked = known;
        }
        return known;
    }

    private WanConnection best(Deadline deadline) {
        return ranked(new RequestBudget(UpnpOpening.MOST_REQUESTS), deadline).getFirst();
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        String mark = earlier.filter(UpnpEntry.class::isInstance)
                .map(UpnpEntry.class::cast)
                .map(UpnpEntry::mark)
                .orElseGet(this::newMark);
        LeaseHandle handle = new UpnpEntry(info.location().orElseThrow(), mark);
        return new Claim(
                mapping, info.id(), mapping.target().seenFrom(info.localAddress()), handle, timeline.instant());
    }

    private String newMark() {
        byte[] bytes = EntryName.room();
        random.nextBytes(bytes);
        return EntryName.mark(bytes);
    }

    /** On the best service, or on the next where that one cannot map ports. */
    @Override
    public Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        Optional<LineQuestion> meanwhile = beside();
        Result<Grant> result = mapNow(claim, history, deadline);
        return result instanceof Result.Err<Grant>(Failure failure)
                        && LineQuestion.mayHaveRefused(failure)
                        && hasEnded(meanwhile, deadline)
                ? mapNow(claim, history, deadline)
                : result;
    }

    private Optional<LineQuestion> beside() {
        return Optional.ofNullable(beside).filter(LineQuestion::isUnderWay);
    }

    /** Whether there was such a question, and there is time to ask again now that it has ended. */
    private static boolean hasEnded(Optional<LineQuestion> question, Deadline deadline) {
        return question.filter(LineQuestion::awaitEnd).isPresent() && !deadline.hasPassed();
    }

    private Result<Grant> mapNow(Claim claim, GatewayHistory history, Deadline deadline) {
        if (claim.mapping().remote().filter(some -> !isOneOfIpv4(some)).isPresent()) {
            return Result.err(new Failure.Unsupported(Message.of("upnp.no-networks"), Optional.empty()));
        }
        Result<AddOutcome> result = Result.err(new Failure.TimedOut(Message.of("upnp.no-time")));
        RequestBudget requestBudget = new RequestBudget(UpnpOpening.MOST_REQUESTS);
        Claim named = claim.asNamed();
        for (WanConnection one : ranked(requestBudget, deadline)) {
            WanConnection service = one.forRemote(remoteHost(claim.mapping().remote()));
            result = new UpnpOpening(service, quirks, named, history, unshown, requestBudget, deadline)
                    .run()
                    .flatMap(outcome -> new RemoteHostCheck(service, deadline).judge(outcome));
            if (!isDeadEnd(result) || !requestBudget.allows(UpnpOpening.ROUND)) {
                break;
            }
        }
        return result.map(outcome -> switch (outcome) {
            case AddOutcome.Opened opened ->
                new Grant.Granted(lease(claim, opened), opened.learned(), opened.refusal());
            case AddOutcome.AlreadyThere there -> new Grant.AlreadyThere(there.entry());
        });
    }

    private static boolean isOneOfIpv4(Subnet some) {
        return some.single().isPresent() && IpVersion.of(some.network()) == IpVersion.IPV4;
    }

    private static String remoteHost(Optional<Subnet> remote) {
        return remote.flatMap(Subnet::single).map(Addresses::text).orElse("");
    }

    private static boolean isDeadEnd(Result<AddOutcome> result) {
        return result instanceof Result.Err<AddOutcome>(Failure failure)
                && !(failure instanceof Failure.LeftOpen)
                && (failure.kind() == FailureKind.UNSUPPORTED || failure.kind() == FailureKind.MALFORMED);
    }

    private Lease lease(Claim claim, AddOutcome.Opened opened) {
        PortMappingRequest request = opened.request();
        unshown.granted(
                request.protocol(), request.externalPort(), opened.entry().isPresent());
        return new Lease(
                claim,
                opened.request().externalPort(),
                GrantedLease.of(opened.request().lease(), opened.entry().flatMap(ObservedMapping::lease)),
                timeline.instant(),
                Optional.empty(),
                Optional.empty(),
                opened.asAsked(),
                opened.entry().map(entry -> entry.description().display()));
    }

    @Override
    public Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        TransportProtocol protocol = claim.mapping().protocol();
        unshown.removed(protocol, externalPort);
        WanConnection service =
                holder(protocol, externalPort, remoteHost(claim.mapping().remote()), deadline);
        return new EntryRemoval(service, unshown, claim, externalPort, deadline).run();
    }

    /** The service whose table has the entry; the best one when none has. */
    private WanConnection holder(TransportProtocol protocol, Port externalPort, String remoteHost, Deadline deadline) {
        List<WanConnection> all = ranked(new RequestBudget(UpnpOpening.MOST_REQUESTS), deadline).stream()
                .map(service -> service.forRemote(remoteHost))
                .toList();
        return all.size() == 1
                ? all.getFirst()
                : all.stream()
                        .filter(service -> new PortMappingTable(service).look(protocol, externalPort, deadline)
                                instanceof Presence.Present)
                        .findFirst()
                        .orElseGet(all::getFirst);
    }

    @Override
    public Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return externalAddress(best(deadline), deadline);
    }

    private static Result<Optional<InetAddress>> externalAddress(WanConnection service, Deadline deadline) {
        return switch (service.getExternalIpAddress(deadline)) {
            case SoapReply.Success<Optional<InetAddress>>(Optional<InetAddress> address) ->
                address.isEmpty() && isDown(service, deadline)
                        ? Result.err(new Failure.LineDown(Message.of("upnp.line-down"), true, Optional.empty()))
                        : Result.ok(address);
            case SoapReply.Fault<Optional<InetAddress>>(int code, RouterText text) ->
                Result.err(UpnpErrors.failure(code, text));
            case SoapReply.Broken<Optional<InetAddress>>(Failure failure) -> Result.err(failure);
        };
    }

    /** A router that hides its private address says that it is connected. */
    private static boolean isDown(WanConnection service, Deadline deadline) {
        return service.isConnected(deadline)
                        instanceof SoapReply.Success<Optional<Boolean>>(Optional<Boolean> connected)
                && connected.filter(up -> !up).isPresent();
    }

    @Override
    public Line line(Deadline deadline) {
        return line(best(deadline), deadline);
    }

    /** Several services were asked for it already, to find the best. */
    @Override
    public Supplier<Line> askLine(Deadline deadline) {
        if (services.size() > 1) {
            return () -> line(deadline);
        }
        WanConnection apart = services.getFirst().apart();
        LineQuestion question = LineQuestion.start(() -> line(apart, deadline));
        beside = question;
        return () -> question.answer(() -> line(deadline));
    }

    /** A router that was silent, or said why it has no address, is not asked a second question. */
    private static Line line(WanConnection service, Deadline deadline) {
        Result<Optional<InetAddress>> address = externalAddress(service, deadline);
        boolean settled = switch (address) {
            case Result.Ok<Optional<InetAddress>>(Optional<InetAddress> told) -> told.isEmpty();
            case Result.Err<Optional<InetAddress>>(Failure failure) ->
                failure.isSilence() || failure instanceof Failure.LineDown;
        };
        return new Line(
                address,
                !settled
                                && service.isConnected(deadline.within(STATUS_TIME))
                                        instanceof SoapReply.Success<Optional<Boolean>>(Optional<Boolean> connected)
                        ? connected
                        : Optional.empty());
    }

    /** One request, to the service that was best before: services are not ranked again. */
    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        return switch (best(deadline).getExternalIpAddress(deadline)) {
            case SoapReply.Success<Optional<InetAddress>>(Optional<InetAddress> address) ->
                Result.ok(new HealthCheck(Optional.empty(), address, true));
            case SoapReply.Fault<Optional<InetAddress>>(int code, RouterText text) ->
                code == UpnpErrors.NOT_SAID
                        ? Result.ok(new HealthCheck(Optional.empty(), Optional.empty(), false))
                        : Result.err(UpnpErrors.failure(code, text));
            case SoapReply.Broken<Optional<InetAddress>>(Failure failure) -> Result.err(failure);
        };
    }

    @Override
    public Presence look(TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        Optional<LineQuestion> meanwhile = beside();
        Presence presence = lookNow(protocol, externalPort, remote, deadline);
        return presence instanceof Presence.Unknown unknown && !unknown.withheld() && hasEnded(meanwhile, deadline)
                ? lookNow(protocol, externalPort, remote, deadline)
                : presence;
    }

    private Presence lookNow(
            TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        PortMappingTable table =
                new PortMappingTable(holder(protocol, externalPort, remoteHost(remote), deadline), unshown.looking());
        Presence presence = table.look(protocol, externalPort, deadline);
        return unshown.seen(
                protocol,
                externalPort,
                isSurprising(presence) ? table.compared(presence, protocol, externalPort, deadline) : presence);
    }

    /** What ajar looks for here, it has mostly opened for this machine, under a name with its mark. */
    private boolean isSurprising(Presence presence) {
        return switch (presence) {
            case Presence.Absent ignored -> true;
            case Presence.Present(ObservedMapping entry) ->
                !EntryName.isMarked(entry.description().display())
                        || SingleLooks.isNamedForAnother(entry)
                        || !entry.mayPointTo(new Endpoint(info.localAddress(), entry.internalPort()));
            case Presence.Unknown ignored -> false;
        };
    }

    @Override
    public Optional<Duration> anewEvery() {
        Quirks known = knownQuirks;
        if (known == null) {
            known = quirks.get();
            knownQuirks = known;
        }
        return known.anewEvery();
    }

    @Override
    public Result<MappingTable> list(Deadline deadline) {
        return new PortMappingTable(best(deadline)).list(deadline);
    }

    /** Which lease to count on, given the one asked for and the one read back. */
    static final class GrantedLease {
        private static final long SHORTEST = 30;

        private GrantedLease() {}

        static LeaseDuration of(LeaseDuration asked, Optional<LeaseDuration> readBack) {
            return switch (asked) {
                // IGD:2 turns "permanent" into a week without saying so; the list does say so.
                case LeaseDuration.Permanent permanent -> readBack.orElse(permanent);
                case LeaseDuration.Finite finite ->
                    readBack.filter(LeaseDuration.Finite.class::isInstance)
                            .filter(read -> read.seconds() < finite.seconds() * 9 / 10)
                            // No router grants seconds of hours: the number is wrong.
                            .filter(read -> read.seconds() >= SHORTEST || finite.seconds() < 60)
                            .orElse(finite);
            };
        }
    }
}
