package dev.ajar.gateway.pxp;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.HealthCheck;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A NAT-PMP server. */
final class NatPmpGateway extends PxpGateway {
    /** The dynamic ports, on which no service is configured (RFC 6335 section 6): the first, and how many. */
    private static final int FIRST_DYNAMIC = 49152;

    private static final int DYNAMIC = 16384;

    /** Short, so that the trial does not stay if this process ends in between. */
    private static final int TRIAL_SECONDS = 30;

    private final RandomGenerator random;

    NatPmpGateway(
            GatewayInfo info,
            PxpExchange exchange,
            Timeline timeline,
            Optional<NatPmpReply.Address> told,
            RandomGenerator random) {
        super(info, exchange, timeline, told);
        this.random = random;
    }

    /**
     * A server answers with the mapping an internal port has already (RFC 6886 section 3.3), or with the next free port
     * because the one wanted is taken. If an unused internal port is granted the one wanted, it is not taken: then the
     * first answer was another program's mapping, which ajar must not delete.
     */
    @Override
    boolean isAnothers(Claim claim, Deadline deadline) {
        TransportProtocol protocol = claim.mapping().protocol();
        int wanted = claim.mapping().externalPort().number();
        int unused = FIRST_DYNAMIC + random.nextInt(DYNAMIC);
        return ask(protocol, unused, wanted, TRIAL_SECONDS, deadline) instanceof Result.Ok<Offer>(Offer trial)
                && ask(protocol, unused, 0, 0, deadline) instanceof Result.Ok
                && trial.externalPort() == wanted;
    }

    @Override
    boolean leadsToTheSender() {
        return true;
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        Endpoint internal = mapping.target().seenFrom(info().localAddress());
        return new Claim(
                mapping, info().id(), internal, new NatPmpClient(), timeline().instant());
    }

    /** The answer about the address has the epoch too (RFC 6886 section 3.2). */
    @Override
    public Result<HealthCheck> checkHealth(Deadline deadline) {
        return exchange()
                .ask(
                        info().route(),
                        info().id().address(),
                        local -> NatPmpCodec.externalAddressRequest(),
                        NatPmpCodec::readAddress,
                        deadline)
                .map(reply -> new HealthCheck(Optional.of(reply.epoch()), reply.address(), true));
    }

    @Override
    Result<Offer> request(Claim claim, int externalPort, long lifetimeSeconds, Deadline deadline) {
        TransportProtocol protocol = claim.mapping().protocol();
        int internalPort = claim.internal().port().number();
        return ask(protocol, internalPort, externalPort, lifetimeSeconds, deadline);
    }

    private Result<Offer> ask(
            TransportProtocol protocol, int internalPort, int externalPort, long lifetimeSeconds, Deadline deadline) {
        byte[] packet = NatPmpCodec.mapRequest(protocol, internalPort, externalPort, lifetimeSeconds);
        return exchange()
                .change(
                        info().route(),
                        info().id().address(),
                        local -> packet,
                        reply -> NatPmpCodec.readMapping(reply, protocol, internalPort),
                        reply -> reply.result() == 0 || PxpResults.deniesNatPmp(reply.result()),
                        deadline,
                        deadline)
                .flatMap(heard -> offer(heard.reply(), heard.settled(), lifetimeSeconds));
    }

    private static Result<Offer> offer(NatPmpReply.Mapped reply, boolean settled, long lifetimeSeconds) {
        if (reply.result() == 0) {
            return Result.ok(new Offer(reply.externalPort(), reply.lifetimeSeconds(), Optional.empty(), reply.epoch()));
        }
        if (lifetimeSeconds == 0) {
            return Result.err(PxpResults.natPmpDeletion(reply.result()));
        }
        Failure refusal = PxpResults.natPmp(reply.result());
        return Result.err(settled ? refusal : PxpResults.unsettled(refusal));
    }
}
