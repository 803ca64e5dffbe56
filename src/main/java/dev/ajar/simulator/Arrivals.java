package dev.ajar.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A record of everything that reached the router, in order. */
final class Arrivals {
    private final List<Arrival> all = new ArrayList<>();

    void http(String head, String body) {
        add(new Arrival(Arrival.Kind.HTTP, head + body));
    }

    void search(byte[] datagram) {
        add(new Arrival(Arrival.Kind.SSDP, new String(datagram, StandardCharsets.ISO_8859_1)));
    }

    void datagram(byte[] datagram) {
        add(new Arrival(Arrival.Kind.PXP, HexFormat.of().formatHex(datagram)));
    }

    private synchronized void add(Arrival arrival) {
        all.add(arrival);
    }

    synchronized List<Arrival> all() {
        return List.copyOf(all);
    }
}
