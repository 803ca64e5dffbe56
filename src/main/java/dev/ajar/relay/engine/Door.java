package dev.ajar.relay.engine;

import dev.ajar.relay.Admission;
import dev.ajar.relay.Places;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.Tally;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** One rule at work. */
abstract sealed class Door permits TcpDoor, UdpDoor {
    private final Loops loops;
    private final LongSupplier clock;
    private final Admission admission;
    private final Tally tally = new Tally();
    private final Listeners listeners;
    private final InetSocketAddress device;
    private volatile RelayRule rule;

    Door(RelayRule rule, Loops loops, Places places, LongSupplier clock) {
        this.rule = rule;
        this.loops = loops;
        this.clock = clock;
        this.listeners = new Listeners(loops, rule.listen());
        this.admission = new Admission(rule.limits(), places, clock.getAsLong());
        this.device = new InetSocketAddress(
                rule.device().address(), rule.device().port().number());
    }

    /** Begins to listen. */
    abstract void open() throws IOException;

    /** No more come in; those that are there may stay where that can be. */
    abstract void shut();

    /** Puts out whoever is there. */
    abstract void clear();

    /** Puts out whoever comes from one of those addresses. */
    abstract void putOut(Predicate<InetAddress> from);

    /** Whether {@code fresh} can be had by changing limits and permissions alone. */
    final boolean canBecome(RelayRule fresh) {
        RelayRule now = rule();
        return now.protocol() == fresh.protocol()
                && now.listen().equals(fresh.listen())
                && now.device().equals(fresh.device());
    }

    /** Changes limits and permissions; whoever is no longer allowed is put out. */
    final void become(RelayRule fresh) {
        rule = fresh;
        admission.change(fresh.limits(), now());
        putOut(address -> !fresh.allows(address));
    }

    /** How many there are. */
    final int present() {
        return admission.present();
    }

    final RelayRule rule() {
        return rule;
    }

    final Tally tally() {
        return tally;
    }

    final Admission admission() {
        return admission;
    }

    final Listeners listeners() {
        return listeners;
    }

    final Loops loops() {
        return loops;
    }

    final InetSocketAddress device() {
        return device;
    }

    final long now() {
        return clock.getAsLong();
    }
}
