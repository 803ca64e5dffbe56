package dev.ajar.keeper.model;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Reachability;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.ManualRule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The text of an event, one line, for people and for the log. */
public final class EventText {
    private EventText() {}

    public static Message of(KeeperEvent event) {
        return switch (event) {
            case KeeperEvent.Opened(var desired, Lease lease, var address) ->
                about(desired, Message.of("event.opened", "lease", lease(lease, address)));
            case KeeperEvent.Repaired(var desired, Lease lease, var address) ->
                about(desired, Message.of("event.repaired", "lease", lease(lease, address)));
            case KeeperEvent.Lost(var desired, var why) ->
                Message.of("event.lost", "port", desired.mapping().label(), "why", why);
            case KeeperEvent.Failed(var desired, Failure failure, var open) ->
                open.isPresent()
                        ? Message.of(
                                "event.not-renewed", "port", desired.mapping().label(), "why", why(failure))
                        : Message.of("event.failed", "port", desired.mapping().label(), "why", why(failure));
            case KeeperEvent.Contested(var desired, Optional<Endpoint> holder) ->
                holder.map(other -> Message.of(
                                "event.contested-by", "port", desired.mapping().label(), "holder", other))
                        .orElseGet(() -> Message.of(
                                "event.contested", "port", desired.mapping().label()));
            case KeeperEvent.Closed closed -> Message.of("event.closed", "port", closed.port());
            case KeeperEvent.ManualRuleStale(ManualRule rule, InetAddress now) ->
                Message.of(
                        "event.manual-rule-stale",
                        "port",
                        rule.label(),
                        "address",
                        rule.internal(),
                        "now",
                        Addresses.text(now));
            case KeeperEvent.AddressChanged(var gateway, var now) ->
                now.map(address -> Message.of("event.address-changed", "address", Addresses.text(address)))
                        .orElseGet(() -> Message.of("event.address-lost"));
            case KeeperEvent.ReachabilityChanged(var gateway, Reachability now) ->
                switch (now) {
                    case PUBLIC -> Message.of("event.reachable");
                    case PRIVATE -> Message.of("event.behind-another-router");
                    case CARRIER_GRADE -> Message.of("event.behind-carrier-nat");
                    case UNKNOWN -> Message.of("event.no-address");
                };
            case KeeperEvent.GatewaySilent(var gateway, var why) ->
                why.map(reason -> Message.of("event.gateway-unused", "gateway", gateway, "why", reason))
                        .orElseGet(() -> Message.of("event.gateway-silent", "gateway", gateway));
            case KeeperEvent.GatewayBack(var gateway, boolean restarted) ->
                restarted
                        ? Message.of("event.gateway-restarted", "gateway", gateway)
                        : Message.of("event.gateway-back", "gateway", gateway);
            case KeeperEvent.NetworkChanged ignored -> Message.of("event.network-changed");
            case KeeperEvent.AnswersLost(var by) ->
                by.map(way -> Message.of("event.answers-lost", "interface", way))
                        .orElseGet(() -> Message.of("event.answers-lost-nowhere"));
            case KeeperEvent.AnswersBack ignored -> Message.of("event.answers-back");
            case KeeperEvent.Resumed ignored -> Message.of("event.resumed");
            case KeeperEvent.StateNotWritten(Failure failure) ->
                Message.of("event.state-not-written", "why", failure.detail());
            case KeeperEvent.StateWrittenAgain ignored -> Message.of("event.state-written-again");
        };
    }

    /** With the port as it was asked for, as lines of its trouble have it; the sentence names the one it was given. */
    private static Message about(DesiredMapping desired, Message sentence) {
        List<Message.Value> values = new ArrayList<>(sentence.values());
        values.add(new Message.Value("port", desired.mapping().label()));
        return new Message(sentence.key(), values);
    }

    /** What happened to a mapping, in a few words. */
    public static Message shortly(KeeperEvent.OfMapping event) {
        return switch (event) {
            case KeeperEvent.Opened ignored -> Message.of("event.short-opened");
            case KeeperEvent.Repaired ignored -> Message.of("event.short-repaired");
            case KeeperEvent.Lost ignored -> Message.of("event.short-lost");
            case KeeperEvent.Failed failed ->
                failed.open().isPresent() ? Message.of("event.short-not-renewed") : Message.of("event.short-failed");
            case KeeperEvent.Contested ignored -> Message.of("event.short-contested");
        };
    }

    private static Message why(Failure failure) {
        return failure.router()
                .map(error -> Message.of("event.router-error", "why", failure.detail(), "error", error.message()))
                .orElseGet(failure::detail);
    }

    private static Message lease(Lease lease, Optional<InetAddress> address) {
        String external = address.or(lease::externalAddress)
                .map(known -> new Endpoint(known, lease.externalPort()).toString())
                .orElse(lease.externalPort().toString());
        Message time = switch (lease.granted()) {
            case LeaseDuration.Finite finite -> Message.of("event.lease", "time", finite.text());
            case LeaseDuration.Permanent ignored -> Message.of("event.until-closed");
        };
        return Message.of(
                "event.mapping",
                "protocol",
                lease.protocol().label(),
                "external",
                external,
                "internal",
                lease.internal(),
                "gateway",
                lease.claim().gateway(),
                "time",
                time);
    }
}
