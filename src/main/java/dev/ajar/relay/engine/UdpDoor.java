package dev.ajar.relay.engine;

import dev.ajar.relay.Admission;
import dev.ajar.relay.Places;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.Tally;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A rule for UDP: a desk on each loop, each with its own part of those who come. */
final class UdpDoor implements Door {
    private final Loops loops;
    private final LongSupplier clock;
    private final Admission admission;
    private final Tally tally = new Tally();
    private final Listeners listeners;
    private final List<UdpDesk> desks = new ArrayList<>();
    private volatile RelayRule rule;

    UdpDoor(RelayRule rule, Loops loops, Places places, LongSupplier clock) {
        this.rule = rule;
        this.loops = loops;
        this.clock = clock;
        this.listeners = new Listeners(loops, rule.listen());
        this.admission = new Admission(rule.limits(), places, clock.getAsLong());
    }

    @Override
    public void open() throws IOException {
        listeners.probeUdp();
        for (Loops.Loop loop : listeners.homes()) {
            UdpDesk desk = new UdpDesk(this, loops, loop);
            desks.add(desk);
            listeners.bind(desk.front(), loop);
            listeners.every(Listeners.LOOK_MILLIS, loop, () -> look(desk));
        }
    }

    private void look(UdpDesk desk) {
        desk.look();
        admission.forget(now());
    }

    long now() {
        return clock.getAsLong();
    }

    Admission admission() {
        return admission;
    }

    @Override
    public Tally tally() {
        return tally;
    }

    @Override
    public RelayRule rule() {
        return rule;
    }

    @Override
    public void become(RelayRule fresh) {
        rule = fresh;
        admission.change(fresh.limits(), now());
        desks.forEach(
                desk -> desk.endWhere(session -> !fresh.allows(session.client().getAddress())));
    }

    /** Sessions need the listening socket for their answers, so both end together. */
    @Override
    public void shut() {
        clear();
        listeners.shut();
    }

    @Override
    public void clear() {
        listeners.stopLooking();
        desks.forEach(desk -> desk.endWhere(session -> true));
    }

    @Override
    public int present() {
        return admission.present();
    }
}
