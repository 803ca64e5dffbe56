package dev.ajar.gateway.pxp;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.gateway.pxp.PxpExchange.Heard;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.InternetSide;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Result;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** A PCP server. */
final class PcpGateway extends PxpGateway {
    /** Three packets' time. */
    private static final Duration ADDRESS_TIME = Duration.ofMillis(800);

    /** How long a server may keep silent before it is asked without the preference: four packets' time. */
    private static final Duration PREFERENCE = Duration.ofMillis(1500);

    private final RandomGenerator nonces;
    private boolean tellsAddress = true;

    PcpGateway(
            GatewayInfo info,
            PxpExchange exchange,
            Timeline timeline,
            Optional<NatPmpReply.Address> told,
            RandomGenerator nonces) {
        super(info, exchange, timeline, told);
        this.nonces = nonces;
    }

    /** The nonce of an earlier lease is kept: with another one, a strict server refuses renewal and deletion. */
    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        LeaseHandle handle = earlier.filter(PcpNonce.class::isInstance).orElseGet(this::newNonce);
        Endpoint internal = mapping.target().seenFrom(info().localAddress());
        return new Claim(mapping, info().id(), internal, handle, timeline().instant());
    }

    /** Another program's mapping is refused to our nonce (RFC 6887 section 11.3). */
    @Override
    boolean isAnothers(Claim claim, Deadline deadline) {
        return false;
    }

    @Override
    boolean leadsToTheSender() {
        return false;
    }

    private PcpNonce newNonce() {
        byte[] bytes = new byte[PcpNonce.BYTES];
        nonces.nextBytes(bytes);
        return PcpNonce.of(bytes);
    }

    /**
     * An ANNOUNCE asks for nothing but the epoch (RFC 6887 section 14.1); servers that know MAP alone are asked to
     * remove what is not there. Most also answer NAT-PMP's question for the address; who did not once is not asked
     * again.
     */
    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        Result<Long> epoch = exchange()
                .ask(
                        info().route(),
                        info().id().address(),
                        List.of(PcpCodec::announceRequest, local -> PcpCodec.harmlessRequest(local, newNonce())),
                        PcpCodec::readEpoch,
                        deadline);
        return epoch.map(Optional::of).map(this::withAddress);
    }

    private HealthCheck withAddress(Optional<Long> epoch) {
        if (!tellsAddress || info().route().ipVersion() == IpVersion.IPV6) {
            return new HealthCheck(epoch, Optional.empty(), false);
        }
        Result<Optional<InetAddress>> address = super.askAddress(Deadline.after(timeline(), ADDRESS_TIME));
        tellsAddress = address instanceof Result.Ok;
        return new HealthCheck(epoch, address.toOptional().flatMap(told -> told), tellsAddress);
    }

    /**
     * A server that answers NAT-PMP's question with no address, or not at all, may show it where it refuses: it is
     * asked to remove what is not there, which changes nothing.
     */
    @Override
    Result<Optional<InetAddress>> askAddress(Deadline deadline) {
        PcpNonce nonce = newNonce();
        Result<Optional<InetAddress>> first = ask(
                List.of(local -> NatPmpCodec.externalAddressRequest(), local -> PcpCodec.harmlessRequest(local, nonce)),
                packet -> shown(packet, nonce).or(() -> natPmpAddress(packet)),
                deadline);
        if (saysEnough(first)) {
            return first;
        }
        Result<Optional<InetAddress>> shown =
                ask(List.of(local -> PcpCodec.harmlessRequest(local, nonce)), packet -> shown(packet, nonce), deadline);
        return saysEnough(shown) || (first.toOptional().isEmpty() && isRefusal(shown)) ? shown : first;
    }

    private Result<Optional<InetAddress>> ask(
            List<Function<InetAddress, byte[]>> requests,
            Function<byte[], Optional<Result<Optional<InetAddress>>>> reader,
            Deadline deadline) {
        return exchange()
                .ask(info().route(), info().id().address(), requests, reader, deadline)
                .flatMap(answer -> answer);
    }

    private static Optional<Result<Optional<InetAddress>>> shown(byte[] packet, PcpNonce nonce) {
        return PcpCodec.readHarmless(packet, nonce).map(PxpResults::addressShown);
    }

    private static boolean isRefusal(Result<Optional<InetAddress>> answer) {
        return answer instanceof Result.Err<Optional<InetAddress>>(Failure failure)
                && failure instanceof Failure.SecondNat;
    }

    @Override
    boolean saysEnough(Result<Optional<InetAddress>> address) {
        return InternetSide.of(address).isByAddress();
    }

    @Override
    Result<Offer> request(Claim claim, int externalPort, long lifetimeSeconds, Deadline deadline) {
        if (!(claim.handle() instanceof PcpNonce nonce)) {
            throw new IllegalArgumentException("not a PCP claim: " + claim.gateway());
        }
        PcpOptions options = options(claim, externalPort, lifetimeSeconds);
        Deadline first = options.preferFailure() ? deadline.within(PREFERENCE) : deadline;
        Result<Heard<PcpReply>> reply = ask(claim, nonce, externalPort, lifetimeSeconds, options, first, deadline);
        if (options.preferFailure() && isStumblingOverOptions(reply)) {
            // A server that is silent about the preference may have granted without a word what it refuses without it.
            boolean settled = reply instanceof Result.Ok<Heard<PcpReply>>(Heard<PcpReply> heard) && heard.settled();
            // Never both on their way at once: one could be refused after the other was granted.
            reply = ask(claim, nonce, externalPort, lifetimeSeconds, options.withoutPreference(), deadline, deadline)
                    .map(heard -> new Heard<>(
                            heard.reply(),
                            heard.settled()
                                    && (settled
                                            || PxpResults.deniesPcp(
                                                    heard.reply().result()))));
        }
        if (reply instanceof Result.Ok<Heard<PcpReply>>(Heard<PcpReply>(PcpReply heard, boolean ignored))
                && heard.isAddressMismatch()
                && lifetimeSeconds > 0
                && claim.mapping().target() instanceof Target.InnerRouter) {
            return Result.err(PxpResults.notTheRouterBetween(heard.result()));
        }
        return reply.flatMap(heard -> heard.reply().result() == 0 || lifetimeSeconds == 0 || heard.settled()
                ? offer(heard.reply(), options, lifetimeSeconds == 0)
                : unsettled(claim, offer(heard.reply(), options, false)));
    }

    /** Where any port will do, the server is asked once more, and answers with what it has made already. */
    private static Result<Offer> unsettled(Claim claim, Result<Offer> refusal) {
        return refusal instanceof Result.Err<Offer>(Failure failure)
                        && !(failure instanceof Failure.Conflict
                                && claim.mapping().portPolicy() == PortPolicy.ANY_FREE)
                ? Result.err(PxpResults.unsettled(failure))
                : refusal;
    }

    /** Some servers refuse what they do not know, some pass over it. */
    private static boolean isStumblingOverOptions(Result<Heard<PcpReply>> reply) {
        return switch (reply) {
            case Result.Ok<Heard<PcpReply>>(Heard<PcpReply> heard) ->
                heard.reply().isOptionRefused();
            case Result.Err<Heard<PcpReply>>(Failure failure) -> failure instanceof Failure.TimedOut;
        };
    }

    /** PREFER_FAILURE spares both sides a mapping that would be given back; it is for new ones (section 13.2). */
    private PcpOptions options(Claim claim, int externalPort, long lifetimeSeconds) {
        Optional<InetAddress> device = switch (claim.mapping().target()) {
            case Target.ThisHost ignored -> Optional.empty();
            case Target.InnerRouter ignored -> Optional.empty();
            case Target.OtherHost other -> Optional.of(other.client());
        };
        boolean opens = lifetimeSeconds > 0 && externalPort > 0;
        return new PcpOptions(
                device,
                opens && claim.mapping().portPolicy() == PortPolicy.EXACT && claim.ipVersion() == IpVersion.IPV4,
                opens ? claim.mapping().remote() : Optional.empty());
    }

    private Result<Heard<PcpReply>> ask(
            Claim claim,
            PcpNonce nonce,
            int externalPort,
            long lifetimeSeconds,
            PcpOptions options,
            Deadline asking,
            Deadline deadline) {
        int internalPort = claim.internal().port().number();
        TransportProtocol protocol = claim.mapping().protocol();
        return exchange()
                .change(
                        info().route(),
                        info().id().address(),
                        local -> PcpCodec.mapRequest(
                                asSeen(claim, local),
                                nonce,
                                protocol,
                                internalPort,
                                externalPort,
                                lifetimeSeconds,
                                options),
                        reply -> PcpCodec.readMap(reply, nonce, protocol, internalPort),
                        reply -> reply.result() == 0 || PxpResults.deniesPcp(reply.result()),
                        asking,
                        deadline);
    }

    /**
     * The header's address must be the one the server sees, which behind a NAT is the NAT's (RFC 6887 section 8.1);
     * where that is known and meant, it is named.
     */
    private static InetAddress asSeen(Claim claim, InetAddress local) {
        return switch (claim.mapping().target()) {
            case Target.ThisHost ignored -> local;
            case Target.OtherHost ignored -> local;
            case Target.InnerRouter router -> router.far();
        };
    }

    private static Result<Offer> offer(PcpReply reply, PcpOptions options, boolean deletion) {
        if (reply.result() == 0) {
            return Result.ok(
                    new Offer(reply.externalPort(), reply.lifetimeSeconds(), reply.externalAddress(), reply.epoch()));
        }
        if (reply.isOptionRefused() && options.thirdParty().isPresent()) {
            return Result.err(PxpResults.notForOthers(options.thirdParty().get(), reply.result()));
        }
        if (deletion) {
            return Result.err(PxpResults.pcpDeletion(reply));
        }
        return Result.err(
                reply.isOptionRefused() && options.filter().isPresent()
                        ? PxpResults.noFilter(reply.result())
                        : PxpResults.pcp(reply));
    }
}
