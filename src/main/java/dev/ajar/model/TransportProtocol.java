package dev.ajar.model;

import java.util.Locale;

/** The transport protocol of a mapping. */
public enum TransportProtocol {
    TCP(6),
    UDP(17);

    private final int number;

    TransportProtocol(int number) {
        this.number = number;
    }

    /** The protocol number IANA assigned, as PCP sends it (RFC 6887 section 11.1). */
    public int number() {
        return number;
    }

    /** The other of the two. */
    public TransportProtocol other() {
        return this == TCP ? UDP : TCP;
    }

    /** Lower case, for people and for JSON: {@code tcp}. UPnP uses {@link #name()}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A port of it, for people: {@code tcp 25565}. */
    public String label(Port port) {
        return label() + " " + port;
    }

    /** The argument of a command for that port: {@code 25565}, or {@code 25565/udp}. */
    public String typed(Port port) {
        return this == TCP ? port.toString() : port + "/" + label();
    }
}
