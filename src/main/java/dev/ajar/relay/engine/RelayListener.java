package dev.ajar.relay.engine;

import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.Admission;
import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.Place;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleCounters;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.engine.loop.RelaySockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** A rule that listens. */
abstract sealed class RelayListener permits TcpRelayListener, UdpRelayListener {
    /** Of so many sources at most the status tells. */
    private static final int MOST_CLIENTS = 8;

    private final EventLoops eventLoops;
    private final LongSupplier clock;
    private final Admission admission;
    private final RuleCounters counters = new RuleCounters();
    private final RelaySockets listeners;
    private final InetSocketAddress device;
    private volatile RelayRule rule;

    RelayListener(RelayRule rule, EventLoops eventLoops, ConnectionLimit connectionLimit, LongSupplier clock) {
        this.rule = rule;
        this.eventLoops = eventLoops;
        this.clock = clock;
        this.listeners = new RelaySockets(eventLoops, rule.listen());
        this.admission = new Admission(
                rule.limits(), connectionLimit, rule.protocol() == TransportProtocol.TCP, clock.getAsLong());
        this.device = new InetSocketAddress(
                rule.device().address(), rule.device().port().number());
    }

    /** Begins to listen. */
    abstract void open() throws IOException;

    /** No new connections; existing ones stay where that is possible. */
    abstract void shut();

    /** Ends all connections. */
    abstract void clear();

    /** Ends the connections of clients with one of those addresses. */
    abstract void putOut(Predicate<InetAddress> from);

    /** Whether {@code fresh} differs in limits and permissions alone. */
    final boolean canBecome(RelayRule fresh) {
        RelayRule now = rule();
        return now.protocol() == fresh.protocol()
                && now.listen().equals(fresh.listen())
                && now.device().equals(fresh.device());
    }

    /** Changes limits and permissions, and ends connections that are no longer allowed. */
    final void become(RelayRule fresh) {
        rule = fresh;
        admission.change(fresh.limits(), now());
        putOut(address -> !fresh.allows(address));
    }

    /** What it has done, and for whom. */
    final RuleStatus status() {
        return counters.status(rule(), admission.clients(MOST_CLIENTS));
    }

    /** How many connections or sessions there are. */
    final int present() {
        return admission.present();
    }

    /**
     * @param loop the connection's own
     * @param action ends the connection when its place has gone to another client
     */
    final void watch(Place place, EventLoops.Loop loop, Runnable action) {
        place.whenLost(() -> {
            left(place);
            loop.group().execute(action);
        });
    }

    /** Its connection has ended, or will in a moment. */
    final void left(Place place) {
        admission.leave(place);
        if (place.end()) {
            counters.left();
        }
    }

    final RelayRule rule() {
        return rule;
    }

    final RuleCounters counters() {
        return counters;
    }

    final Admission admission() {
        return admission;
    }

    final RelaySockets listeners() {
        return listeners;
    }

    final EventLoops eventLoops() {
        return eventLoops;
    }

    final InetSocketAddress device() {
        return device;
    }

    final long now() {
        return clock.getAsLong();
    }
}
