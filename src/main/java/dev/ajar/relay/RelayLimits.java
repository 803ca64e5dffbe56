package dev.ajar.relay;

import dev.ajar.model.TransportProtocol;
import java.time.Duration;

/**
 * How much one rule relays, and for how long.
 *
 * @param maxConnections connections (TCP) or sessions (UDP) at once
 * @param perSource of those from one source: an IPv4 address, or the /64 an IPv6 address is in
 * @param rate new connections a second from one source, ten times that from all; 0 for no limit
 * @param idle how long a connection may be idle
 * @param unanswered how long a UDP session is kept that the device has not answered
 * @param connect how long the device may take to accept
 * @param fin how long a half-closed connection may be idle
 * @param stall how long a side may stop reading while data waits for it
 */
public record RelayLimits(
        int maxConnections,
        int perSource,
        int rate,
        Duration idle,
        Duration unanswered,
        Duration connect,
        Duration fin,
        Duration stall) {
    /** Idle: RFC 5382, REQ-5 asks for two hours and four minutes at least. */
    public static final Duration TCP_IDLE = Duration.ofMinutes(124);

    /** RFC 4787, REQ-5: two minutes at least. */
    public static final Duration UDP_IDLE = Duration.ofMinutes(2);

    private static final int ALL_SOURCES = 10;
    private static final int DATAGRAMS = 100;

    /** How long a connection or session may be idle as a rule. */
    public static Duration idle(TransportProtocol protocol) {
        return switch (protocol) {
            case TCP -> TCP_IDLE;
            case UDP -> UDP_IDLE;
        };
    }

    public static RelayLimits standard(Duration idle) {
        return new RelayLimits(
                2000,
                32,
                20,
                idle,
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                Duration.ofSeconds(60));
    }

    /** New connections a second from all sources; 0 for no limit. */
    public int rateOfAll() {
        return rate * ALL_SOURCES;
    }

    /** Datagrams a second from one source; 0 for no limit. */
    public int datagramRate() {
        return rate * DATAGRAMS;
    }

    public RelayLimits withConnections(int atMost, int fromOne) {
        return new RelayLimits(atMost, fromOne, rate, idle, unanswered, connect, fin, stall);
    }

    public RelayLimits withRate(int perSecond) {
        return new RelayLimits(maxConnections, perSource, perSecond, idle, unanswered, connect, fin, stall);
    }
}
