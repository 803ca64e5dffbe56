package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.URI;
import java.util.List;

/** A root description the user named, or one that is remembered: no search needed. */
final class KnownLocation {
    private final UpnpGatewayFactory gateways;

    KnownLocation(UpnpGatewayFactory gateways) {
        this.gateways = gateways;
    }

    DiscoveryResult find(SearchScope scope, URI location, Deadline deadline) {
        return RouterUrl.parse(location.toString())
                .map(url -> gateways.describe(url, scope.route(), deadline))
                .map(result -> found(scope, location, result))
                .orElseGet(() -> new DiscoveryResult(
                        List.of(),
                        List.of(attempt(
                                scope,
                                location,
                                ProbeAttempt.ProbeOutcome.REJECTED,
                                Message.of("upnp.named-location-invalid")))));
    }

    private static DiscoveryResult found(SearchScope scope, URI location, Result<UpnpGatewayFactory.Described> result) {
        return switch (result) {
            case Result.Ok<UpnpGatewayFactory.Described>(UpnpGatewayFactory.Described described) ->
                new DiscoveryResult(List.of(described.gateway()), List.of(answered(scope, location, described)));
            case Result.Err<UpnpGatewayFactory.Described>(Failure failure) ->
                new DiscoveryResult(List.of(), List.of(failed(scope, location, failure)));
        };
    }

    /** An attempt to fetch a description that led to a gateway. */
    static ProbeAttempt answered(SearchScope scope, URI location, UpnpGatewayFactory.Described described) {
        Message title = Message.verbatim(described.gateway().info().title());
        return attempt(scope, location, ProbeAttempt.ProbeOutcome.ANSWERED, title);
    }

    /** One that did not. A gateway that cannot map ports is told from a device that is not a gateway. */
    static ProbeAttempt failed(SearchScope scope, URI location, Failure failure) {
        ProbeAttempt.ProbeOutcome outcome = failure instanceof Failure.Unsupported
                ? ProbeAttempt.ProbeOutcome.INCAPABLE
                : ProbeAttempt.ProbeOutcome.REJECTED;
        return attempt(scope, location, outcome, failure.detail());
    }

    static ProbeAttempt attempt(SearchScope scope, URI location, ProbeAttempt.ProbeOutcome outcome, Message detail) {
        return new ProbeAttempt(
                scope.route().interfaceName(),
                ProbeAttempt.Stage.DESCRIPTION,
                UpnpProtocol.UPNP,
                Message.verbatim(location.toString()),
                outcome,
                detail);
    }
}
