package dev.ajar.relay.engine;

import dev.ajar.relay.Places;
import dev.ajar.relay.RelayRule;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** A rule for UDP: a desk on each loop, each with its own part of those who come. */
final class UdpDoor extends Door {
    private final List<UdpDesk> desks = new ArrayList<>();

    UdpDoor(RelayRule rule, Loops loops, Places places, LongSupplier clock) {
        super(rule, loops, places, clock);
    }

    @Override
    void open() throws IOException {
        listeners().probeUdp();
        for (Loops.Loop loop : listeners().homes()) {
            UdpDesk desk = new UdpDesk(this, loop);
            desks.add(desk);
            listeners().bind(desk.front(), loop);
            listeners().every(Listeners.LOOK_MILLIS, loop, () -> look(desk));
        }
    }

    private void look(UdpDesk desk) {
        desk.look();
        admission().forget(now());
    }

    @Override
    void putOut(Predicate<InetAddress> from) {
        desks.forEach(
                desk -> desk.endWhere(session -> from.test(session.client().getAddress())));
    }

    /** Sessions need the listening socket for their answers, so both end together. */
    @Override
    void shut() {
        clear();
        listeners().shut();
    }

    @Override
    void clear() {
        listeners().stopLooking();
        putOut(address -> true);
    }
}
