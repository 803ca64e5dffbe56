package dev.ajar.daemon;

import dev.ajar.keeper.KeeperEvent;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Reachability;
import dev.ajar.state.ManualRule;
import java.net.InetAddress;
import java.util.Optional;

/** Events in one line each, for people and for a log. */
public final class EventText {
    private EventText() {}

    public static String of(KeeperEvent event) {
        return switch (event) {
            case KeeperEvent.Opened opened -> "open  " + where(opened.lease(), opened.address());
            case KeeperEvent.Repaired repaired -> "open again  " + where(repaired.lease(), repaired.address());
            case KeeperEvent.Lost lost -> "lost  " + lost.desired().mapping().label() + ": " + lost.why();
            case KeeperEvent.Failed failed ->
                "not open  " + failed.desired().mapping().label() + ": " + line(failed.failure())
                        + "; ajar keeps trying";
            case KeeperEvent.Contested contested ->
                "left to another  "
                        + contested.desired().mapping().label()
                        + " is taken again and again"
                        + contested.holder().map(h -> " by " + h).orElse("")
                        + "; ajar leaves it alone for an hour. Give one of the two another port";
            case KeeperEvent.Closed closed -> "closed  " + closed.port();
            case KeeperEvent.ManualRuleStale(ManualRule rule, InetAddress now) ->
                "astray  "
                        + rule.label()
                        + ", which you forwarded by hand, leads to "
                        + rule.internal()
                        + ", and this machine is "
                        + Addresses.text(now)
                        + " now: change the rule on the router's page, and keep the address there";
            case KeeperEvent.AddressChanged(var gateway, var now) ->
                "the internet address is now " + now.map(Addresses::text).orElse("none");
            case KeeperEvent.ReachabilityChanged(var gateway, Reachability now) ->
                switch (now) {
                    case PUBLIC -> "the internet can reach the router";
                    case PRIVATE ->
                        "the internet cannot reach the router any more: there is another router in front of it";
                    case CARRIER_GRADE ->
                        "the internet cannot reach the router any more: the provider shares its address among customers";
                    case UNKNOWN -> "the router has no internet address";
                };
            case KeeperEvent.GatewaySilent(var gateway) -> gateway + " does not answer";
            case KeeperEvent.GatewayBack(var gateway, boolean restarted) ->
                gateway + (restarted ? " has restarted" : " answers again");
            case KeeperEvent.NetworkChanged ignored -> "this machine's network has changed";
            case KeeperEvent.Resumed ignored -> "this machine has slept; looking after everything";
            case KeeperEvent.StateNotWritten(Failure failure) ->
                "the notes cannot be written, going on from memory: " + failure.detail();
            case KeeperEvent.StateWrittenAgain ignored -> "the notes are written again";
        };
    }

    private static String line(Failure failure) {
        return failure.router()
                .map(error -> failure.detail() + " (" + error + ")")
                .orElseGet(() -> failure.detail().toString());
    }

    private static String where(Lease lease, Optional<InetAddress> address) {
        String outside = address.or(lease::externalAddress)
                .map(there -> new Endpoint(there, lease.externalPort()).toString())
                .orElse(lease.externalPort().toString());
        String time = switch (lease.granted()) {
            case LeaseDuration.Finite finite -> "lease " + finite.text();
            case LeaseDuration.Permanent ignored -> "until closed";
        };
        return lease.protocol().label()
                + " "
                + outside
                + " -> "
                + lease.internal()
                + "  "
                + lease.claim().gateway()
                + ", "
                + time;
    }
}
