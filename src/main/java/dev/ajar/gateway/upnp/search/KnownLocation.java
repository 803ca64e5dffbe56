package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.DiscoveryResult;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.gateway.SearchScope;
import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** A root description the user named, or one that is remembered: no search needed. */
final class KnownLocation {
    private final UpnpGatewayFactory gateways;

    KnownLocation(UpnpGatewayFactory gateways) {
        this.gateways = gateways;
    }

    DiscoveryResult find(SearchScope scope, URI location, Deadline deadline) {
        Optional<RouterUrl> url = RouterUrl.parse(location.toString());
        if (url.isEmpty()) {
            return new DiscoveryResult(
                    List.of(),
                    List.of(attempt(
                            scope,
                            location,
                            ProbeAttempt.ProbeOutcome.REJECTED,
                            "not an http address with an IPv4 address")));
        }
        return switch (gateways.describe(url.get(), scope.route(), deadline)) {
            case Result.Ok<UpnpGatewayFactory.Described>(UpnpGatewayFactory.Described described) ->
                new DiscoveryResult(
                        List.of(described.gateway()),
                        List.of(attempt(
                                scope,
                                location,
                                ProbeAttempt.ProbeOutcome.ANSWERED,
                                described.gateway().info().title())));
            case Result.Err<UpnpGatewayFactory.Described>(Failure failure) ->
                new DiscoveryResult(
                        List.of(),
                        List.of(attempt(scope, location, UpnpGatewayFactory.outcome(failure), failure.detail().toString())));
        };
    }

    private static ProbeAttempt attempt(
            SearchScope scope, URI location, ProbeAttempt.ProbeOutcome outcome, String detail) {
        return new ProbeAttempt(
                scope.route().interfaceName(), ProbeAttempt.DESCRIPTION, location.toString(), outcome, detail);
    }
}
