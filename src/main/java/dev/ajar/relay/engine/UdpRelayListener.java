package dev.ajar.relay.engine;

import dev.ajar.relay.ConnectionLimit;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.engine.loop.EventLoops;
import dev.ajar.relay.engine.loop.RelaySockets;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** A UDP rule: a session table on each loop, each with its own part of the clients. */
final class UdpRelayListener extends RelayListener {
    private final List<UdpSessionTable> sessionTables = new ArrayList<>();

    UdpRelayListener(RelayRule rule, EventLoops eventLoops, ConnectionLimit connectionLimit, LongSupplier clock) {
        super(rule, eventLoops, connectionLimit, clock);
    }

    @Override
    void open() throws IOException {
        listeners().probeUdp();
        for (EventLoops.Loop loop : listeners().homes()) {
            UdpSessionTable sessionTable = new UdpSessionTable(this, loop);
            sessionTables.add(sessionTable);
            listeners().bind(sessionTable.front(), loop);
            listeners().every(RelaySockets.LOOK_MILLIS, loop, () -> look(sessionTable));
        }
    }

    private void look(UdpSessionTable sessionTable) {
        sessionTable.look();
        admission().forget(now());
    }

    @Override
    void putOut(Predicate<InetAddress> from) {
        sessionTables.forEach(sessionTable ->
                sessionTable.endWhere(session -> from.test(session.client().getAddress())));
    }

    /** Sessions need the listening socket for their answers, so both end together. */
    @Override
    void shut() {
        clear();
        sessionTables.forEach(UdpSessionTable::closeOthers);
        listeners().shut();
    }

    @Override
    void clear() {
        listeners().stopLooking();
        putOut(address -> true);
    }
}
