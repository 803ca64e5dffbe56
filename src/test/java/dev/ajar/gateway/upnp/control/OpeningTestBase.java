package dev.ajar.gateway.upnp.control;

import static dev.ajar.testing.Samples.GATEWAY;
import static dev.ajar.testing.Samples.HERE;
import static dev.ajar.testing.Samples.NEIGHBOUR;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.gateway.GatewayHistory;
import dev.ajar.gateway.upnp.UpnpEntry;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import dev.ajar.testing.ManualTimeline;
import java.net.URI;
import java.time.Duration;

/** Opens ports on a {@link ScriptedConnection}, without a socket. */
abstract class OpeningTestBase {
    final ScriptedConnection router = new ScriptedConnection();
    final UnshownEntries unshown = new UnshownEntries();
    private final ManualTimeline timeline = new ManualTimeline();

    final Deadline deadline() {
        return Deadline.after(timeline, Duration.ofSeconds(10));
    }

    final Result<AddOutcome> open(Mapping mapping) {
        return open(mapping, GatewayHistory.NONE);
    }

    final Result<AddOutcome> open(Mapping mapping, GatewayHistory history) {
        Claim claim = new Claim(
                mapping,
                new GatewayId(UpnpProtocol.UPNP, GATEWAY),
                mapping.target().seenFrom(HERE),
                new UpnpEntry(URI.create("http://192.168.77.1/d.xml"), ""),
                timeline.instant());
        return new UpnpOpening(
                        router,
                        new ProfileCatalog()::standardQuirks,
                        claim,
                        history,
                        unshown,
                        new RequestBudget(UpnpOpening.MOST_REQUESTS),
                        deadline())
                .run();
    }

    static PortMappingRequest opened(Result<AddOutcome> result) {
        return ((AddOutcome.Opened) result.toOptional().orElseThrow()).request();
    }

    static Failure failure(Result<AddOutcome> result) {
        return ((Result.Err<AddOutcome>) result).failure();
    }

    static ObservedMapping entry(int port, Endpoint internal, String description) {
        return ScriptedConnection.entry(new PortMappingRequest(
                TransportProtocol.TCP, new Port(port), internal, LeaseDuration.ofSeconds(600), description));
    }

    /** An entry of another device. */
    static ObservedMapping neighbours(int port) {
        return entry(port, new Endpoint(NEIGHBOUR, new Port(80)), "Camera");
    }
}
