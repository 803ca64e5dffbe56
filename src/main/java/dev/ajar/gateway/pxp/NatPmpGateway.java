package dev.ajar.gateway.pxp;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;

import java.util.Optional;

/** A NAT-PMP server. */
final class NatPmpGateway extends PxpGateway {
    NatPmpGateway(GatewayInfo info, PxpExchange exchange, Timeline timeline) {
        super(info, exchange, timeline);
    }

    @Override
    public Claim claim(Mapping mapping, Optional<LeaseHandle> earlier) {
        Endpoint internal = mapping.target().seenFrom(info().localAddress());
        return new Claim(
                mapping,
                info().id(),
                internal,
                new LeaseHandle.NatPmpClient(),
                timeline().instant());
    }

    @Override
    Result<Offer> request(Claim claim, int externalPort, long lifetimeSeconds, Deadline deadline) {
        int internalPort = claim.internal().port().number();
        var protocol = claim.mapping().protocol();
        byte[] packet =
                NatPmpCodec.mapRequest(protocol, internalPort, externalPort, lifetimeSeconds);
        return exchange()
                .ask(
                        info().route(),
                        info().id().address(),
                        local -> packet,
                        reply -> NatPmpCodec.readMapping(reply, protocol, internalPort),
                        deadline)
                .flatMap(
                        reply ->
                                reply.result() == 0
                                        ? Result.ok(
                                                new Offer(
                                                        reply.externalPort(),
                                                        reply.lifetimeSeconds(),
                                                        Optional.empty(),
                                                        reply.epoch()))
                                        : Result.err(PxpResults.natPmp(reply.result())));
    }
}
