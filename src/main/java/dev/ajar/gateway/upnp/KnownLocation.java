package dev.ajar.gateway.upnp;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.Finding;
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
    private final UpnpGateways gateways;

    KnownLocation(UpnpGateways gateways) {
        this.gateways = gateways;
    }

    Finding find(SearchScope scope, URI location, Deadline deadline) {
        Optional<RouterUrl> url = RouterUrl.parse(location.toString());
        if (url.isEmpty()) {
            return new Finding(
                    List.of(),
                    List.of(attempt(
                            scope, location, Attempt.Outcome.REJECTED, "not an http address with an IPv4 address")));
        }
        return switch (gateways.describe(url.get(), scope.route(), deadline)) {
            case Result.Ok<UpnpGateways.Described>(UpnpGateways.Described described) ->
                new Finding(
                        List.of(described.gateway()),
                        List.of(attempt(
                                scope,
                                location,
                                Attempt.Outcome.ANSWERED,
                                described.gateway().info().title())));
            case Result.Err<UpnpGateways.Described>(Failure failure) ->
                new Finding(
                        List.of(), List.of(attempt(scope, location, UpnpGateways.outcome(failure), failure.detail())));
        };
    }

    private static Attempt attempt(SearchScope scope, URI location, Attempt.Outcome outcome, String detail) {
        return new Attempt(scope.route().interfaceName(), Attempt.DESCRIPTION, location.toString(), outcome, detail);
    }
}
