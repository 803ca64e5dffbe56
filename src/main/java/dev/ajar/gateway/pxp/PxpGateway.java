package dev.ajar.gateway.pxp;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.gateway.MappingTable;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Durations;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Presence;
import dev.ajar.model.Result;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What gateways of both protocols have in common: all but the packets. */
abstract sealed class PxpGateway implements Gateway permits NatPmpGateway, PcpGateway {
    /** Eight requests: a server that answered the search and then is silent leaves time for another protocol. */
    private static final Duration PATIENCE = Duration.ofMillis(3750);

    /** More than a share of the usual time-out can be. */
    private static final Duration LONG = Duration.ofSeconds(8);

    /** A day: the most that firewalls grant. */
    private static final long LONGEST_ASKED = Duration.ofDays(1).toSeconds();

    /** How long to wait for the address, which is not essential: a server of PCP alone never answers. */
    private static final Duration ADDRESS_PATIENCE = Duration.ofMillis(1500);

    /** For how long the address that a search has heard counts. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** No result of NAT-PMP. */
    private static final int UNTOLD = -1;

    private final GatewayInfo info;
    private final PxpExchange exchange;
    private final Timeline timeline;
    private final Optional<NatPmpReply.Address> told;
    private final Duration toldAt;

    /** Whether the last grant came with an address of zeros: the server says that it has none. */
    private boolean grantedWithoutAddress;

    /** @param told what the server has just said of its address */
    PxpGateway(GatewayInfo info, PxpExchange exchange, Timeline timeline, Optional<NatPmpReply.Address> told) {
        this.info = info;
        this.exchange = exchange;
        this.timeline = timeline;
        this.told = told;
        this.toldAt = timeline.elapsed();
    }

    /** What the server granted, before ajar decides whether to keep it. */
    record Offer(int externalPort, long lifetimeSeconds, Optional<InetAddress> externalAddress, long epoch) {}

    /** @param lifetimeSeconds 0 to delete */
    abstract Result<Offer> request(Claim claim, int externalPort, long lifetimeSeconds, Deadline deadline);

    @Override
    public final GatewayInfo info() {
        return info;
    }

    final PxpExchange exchange() {
        return exchange;
    }

    final Timeline timeline() {
        return timeline;
    }

    @Override
    public final Result<Grant> map(Claim claim, GatewayHistory history, Deadline deadline) {
        if (!canDo(claim)) {
            return Result.err(new Failure.Unsupported(
                    Message.of(
                            "pxp.only-plain-mappings", "protocol", info.method().title()),
                    Optional.empty()));
        }
        if (leadsToTheSender() && isBeyond() && claim.mapping().target() instanceof Target.ThisHost) {
            return Result.err(new Failure.AddressMismatch(
                    Message.of("pxp.router-beyond", "protocol", info.method().title()), Optional.empty()));
        }
        int wanted = claim.externalPort().number();
        return ask(claim, wanted, deadline).flatMap(offer -> judge(claim, offer, deadline));
    }

    /** Whether requests name no client, so that a mapping leads to the address the gateway sees as the sender's. */
    abstract boolean leadsToTheSender();

    /** Whether other routers are in between, which may translate. The far end of a tunnel is no such gateway. */
    private boolean isBeyond() {
        InetAddress gateway = info.id().address();
        LocalRoute route = info.route();
        boolean pointToPoint = route.prefixLength() >= gateway.getAddress().length * 8 - 1;
        return !pointToPoint
                && !route.reaches(gateway)
                && !route.gateway().equals(Optional.of(gateway))
                && !gateway.isLinkLocalAddress();
    }

    /** Over IPv6 every lease ends, so a permanent one is renewed instead. */
    private boolean canDo(Claim claim) {
        boolean otherIpVersion =
                claim.mapping().remote().stream().anyMatch(some -> IpVersion.of(some.network()) != claim.ipVersion());
        if (otherIpVersion) {
            return false;
        }
        Set<Capability> needed = Capability.inPlaceOf(Capability.neededBy(claim.mapping()));
        if (info.route().ipVersion() == IpVersion.IPV6) {
            needed.remove(Capability.PERMANENT_LEASE);
        }
        return info.capabilities().containsAll(needed);
    }

    private static long seconds(Claim claim) {
        long asked = claim.mapping().lease().seconds();
        return asked == 0 ? LONGEST_ASKED : asked;
    }

    /** Where any port will do and this one cannot be had, the server is left to choose. */
    private Result<Offer> ask(Claim claim, int wanted, Deadline deadline) {
        long seconds = seconds(claim);
        Result<Offer> offer = request(claim, wanted, seconds, patiently(deadline));
        boolean taken = offer instanceof Result.Err<Offer>(Failure failure) && failure instanceof Failure.Conflict;
        return taken && claim.mapping().portPolicy() == PortPolicy.ANY_FREE
                ? request(claim, 0, seconds, patiently(deadline))
                : offer;
    }

    /** A user who has set a longer time-out gets longer waits. */
    private static Deadline patiently(Deadline deadline) {
        Duration share = Durations.fraction(deadline.remaining(), 2, 3);
        return deadline.within(share.compareTo(LONG) < 0 ? PATIENCE : share);
    }

    private Result<Grant> judge(Claim claim, Offer offer, Deadline deadline) {
        if (!Port.isValid(offer.externalPort()) || offer.lifetimeSeconds() == 0) {
            return Result.err(new Failure.Malformed(Message.of("pxp.empty-grant"), Optional.empty()));
        }
        grantedWithoutAddress = info.method().traits().grantsTellAddress()
                && claim.ipVersion() == IpVersion.IPV4
                && offer.externalAddress().isEmpty();
        Port granted = new Port(offer.externalPort());
        Port wanted = claim.externalPort();
        if (claim.mapping().portPolicy() == PortPolicy.EXACT && !granted.equals(wanted)) {
            return giveBack(claim, granted, deadline);
        }
        return Result.ok(new Grant.Granted(new Lease(
                claim,
                granted,
                LeaseDuration.ofSeconds(offer.lifetimeSeconds()),
                timeline.instant(),
                offer.externalAddress(),
                Optional.of(offer.epoch()),
                // Whether the router filters cannot be seen.
                claim.mapping().remote().isEmpty())));
    }

    /** Whether the port granted instead of the one wanted is a mapping that another program made. */
    abstract boolean isAnothers(Claim claim, Deadline deadline);

    private Result<Grant> giveBack(Claim claim, Port granted, Deadline deadline) {
        Optional<Port> offered = Optional.of(granted);
        if (isAnothers(claim, patiently(deadline))) {
            Message anothers =
                    Message.of("pxp.open-already", "internal", claim.internal().port(), "external", granted);
            return Result.err(new Failure.Conflict(anothers, Optional.of(claim.internal()), offered, Optional.empty()));
        }
        return switch (unmap(claim, granted, deadline)) {
            case Result.Ok<Removed> ignored ->
                Result.err(new Failure.Conflict(
                        Message.of("pxp.other-port", "port", claim.externalPort(), "offered", granted),
                        Optional.empty(),
                        offered,
                        Optional.empty()));
            case Result.Err<Removed>(Failure failure) ->
                Result.err(new Failure.LeftOpen(
                        new Failure.Conflict(
                                Message.of(
                                        "pxp.other-port-kept",
                                        "port",
                                        claim.externalPort(),
                                        "offered",
                                        granted,
                                        "reason",
                                        failure.detail()),
                                Optional.empty(),
                                offered,
                                failure.router()),
                        List.of(granted)));
        };
    }

    @Override
    public final Result<Removed> unmap(Claim claim, Port externalPort, Deadline deadline) {
        if (claim.isMisdirected(info.localAddress())) {
            return Result.err(
                    Failure.Unsupported.notByItsOpener(claim, info.method().title()));
        }
        return request(claim, 0, 0, patiently(deadline))
                .flatMap(offer -> offer.lifetimeSeconds() == 0
                        ? Result.ok(new Removed())
                        : Result.err(new Failure.Malformed(Message.of("pxp.close-extended"), Optional.empty())));
    }

    @Override
    public final Presence look(
            TransportProtocol protocol, Port externalPort, Optional<Subnet> remote, Deadline deadline) {
        return new Presence.Unknown(noList(), true);
    }

    @Override
    public final Result<MappingTable> list(Deadline deadline) {
        return Result.err(new Failure.Unsupported(noList(), Optional.empty()));
    }

    private Message noList() {
        return Message.of("pxp.no-list", "protocol", info.method().title());
    }

    /** A server of PCP alone may answer NAT-PMP's question with a PCP header: it will not tell its address. */
    private static Optional<NatPmpReply.Address> addressOrRefusal(byte[] packet) {
        return PcpCodec.isPcpReply(packet)
                ? Optional.of(new NatPmpReply.Address(UNTOLD, 0, Optional.empty()))
                : NatPmpCodec.readAddress(packet);
    }

    @Override
    public final Result<Optional<InetAddress>> externalAddress(Deadline deadline) {
        return info.route().ipVersion() == IpVersion.IPV6
                ? Result.ok(Optional.of(info.localAddress()))
                : askAddress(deadline.within(ADDRESS_PATIENCE));
    }

    /** NAT-PMP's question for the address; servers of both protocols answer it. */
    Result<Optional<InetAddress>> askAddress(Deadline deadline) {
        return exchange.ask(
                        info.route(),
                        info.id().address(),
                        local -> NatPmpCodec.externalAddressRequest(),
                        PxpGateway::natPmpAddress,
                        deadline)
                .flatMap(answer -> answer);
    }

    /** What an answer to NAT-PMP's question says; empty for another packet. */
    static Optional<Result<Optional<InetAddress>>> natPmpAddress(byte[] packet) {
        return addressOrRefusal(packet).map(PxpGateway::judged);
    }

    /** Whether nothing else that the server can be asked would tell more of its line. */
    boolean saysEnough(Result<Optional<InetAddress>> address) {
        return true;
    }

    private static Result<Optional<InetAddress>> judged(NatPmpReply.Address reply) {
        return reply.result() == UNTOLD
                ? Result.err(new Failure.Unsupported(Message.of("pxp.no-address"), Optional.empty()))
                : reply.result() == 0 ? Result.ok(reply.address()) : Result.err(PxpResults.natPmp(reply.result()));
    }

    /** What the search has heard a moment ago is not asked for again. */
    @Override
    public final Line line(Deadline deadline) {
        Result<Optional<InetAddress>> address =
                heard().filter(this::saysEnough).orElseGet(() -> externalAddress(deadline));
        boolean onlyInTheGrant = grantedWithoutAddress && !(address instanceof Result.Ok) && !isRefused(address);
        return new Line(onlyInTheGrant ? Result.ok(Optional.empty()) : address, Optional.empty());
    }

    private Optional<Result<Optional<InetAddress>>> heard() {
        boolean fresh = timeline.elapsed().minus(toldAt).compareTo(FRESH) <= 0;
        return told.filter(reply -> fresh).map(PxpGateway::judged);
    }

    @Override
    public final Optional<Line> heardLine() {
        return heard().map(address -> new Line(address, Optional.empty()));
    }

    private static boolean isRefused(Result<Optional<InetAddress>> address) {
        return address instanceof Result.Err<Optional<InetAddress>>(Failure failure)
                && failure instanceof Failure.SecondNat;
    }
}
