package dev.ajar.testing;

import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Claim;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewayId;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Reachability;
import dev.ajar.model.RouterError;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import dev.ajar.state.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** At least one event of each kind. */
public final class EventSamples {
    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    public static final GatewayId GATEWAY = new GatewayId(PxpProtocols.PCP, Samples.GATEWAY);
    public static final DesiredMapping DESIRED = new DesiredMapping(
            Samples.tcp(25565),
            GatewaySelector.AUTO,
            new Owner.Configuration("ajar.toml"),
            Instant.EPOCH,
            Optional.empty());
    public static final KeeperEvent LOST = new KeeperEvent.Lost(DESIRED, Message.of("keeper.router-restarted"));
    public static final Lease LEASE = lease(LeaseDuration.ofSeconds(3600));
    public static final KeeperEvent REPAIRED = new KeeperEvent.Repaired(DESIRED, LEASE, Optional.empty());

    private EventSamples() {}

    private static Lease lease(LeaseDuration granted) {
        Claim claim = new Claim(
                Samples.tcp(25565),
                GATEWAY,
                new Endpoint(Samples.HERE, new Port(25565)),
                Samples.pcpHandle("00112233445566778899aabb"),
                NOW);
        return new Lease(
                claim, new Port(25566), granted, NOW, Optional.of(Samples.ip("203.0.113.7")), Optional.of(17L), true);
    }

    public static List<KeeperEvent> all() {
        Endpoint neighbour = new Endpoint(Samples.NEIGHBOUR, new Port(80));
        RouterError error = new RouterError(UpnpProtocol.UPNP, 718, new RouterText("Conflict\u001b[31m\nInMapping"));
        return List.of(
                new KeeperEvent.Opened(DESIRED, lease(LeaseDuration.PERMANENT), Optional.of(Samples.ip("203.0.113.8"))),
                REPAIRED,
                LOST,
                new KeeperEvent.Lost(
                        DESIRED,
                        Message.of("keeper.redirected", "client", new RouterText("192.168.77.11"), "port", 80)),
                new KeeperEvent.Lost(DESIRED, Message.verbatim("\u001b[2Jno route\nto host")),
                new KeeperEvent.Failed(DESIRED, new Failure.Refused(Message.verbatim("no"), Optional.of(error))),
                new KeeperEvent.Failed(
                        DESIRED,
                        new Failure.Refused(Message.verbatim("no"), Optional.of(error)),
                        Optional.of(lease(LeaseDuration.PERMANENT))),
                new KeeperEvent.Failed(
                        DESIRED,
                        new Failure.LeftOpen(
                                new Failure.TimedOut(Message.of("keeper.no-time")), List.of(new Port(25565)))),
                new KeeperEvent.Contested(DESIRED, Optional.empty()),
                new KeeperEvent.Contested(DESIRED, Optional.of(neighbour)),
                new KeeperEvent.Closed("tcp 25565", GATEWAY),
                new KeeperEvent.ManualRuleStale(
                        new ManualRule(TransportProtocol.UDP, new Port(34197), neighbour, true, NOW), Samples.HERE),
                new KeeperEvent.AddressChanged(GATEWAY, Optional.of(Samples.ip("203.0.113.9"))),
                new KeeperEvent.AddressChanged(GATEWAY, Optional.empty()),
                new KeeperEvent.ReachabilityChanged(GATEWAY, Reachability.CARRIER_GRADE),
                new KeeperEvent.GatewaySilent(GATEWAY, Optional.empty()),
                new KeeperEvent.GatewayBack(GATEWAY, false),
                new KeeperEvent.GatewayBack(GATEWAY, true),
                new KeeperEvent.NetworkChanged(),
                new KeeperEvent.AnswersLost(Optional.of("wg0")),
                new KeeperEvent.AnswersLost(Optional.empty()),
                new KeeperEvent.AnswersBack(),
                new KeeperEvent.Resumed(),
                new KeeperEvent.StateNotWritten(new Failure.BadState(Message.of("state.permission-denied"))),
                new KeeperEvent.StateWrittenAgain());
    }
}
