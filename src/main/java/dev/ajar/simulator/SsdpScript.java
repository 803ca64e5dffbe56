package dev.ajar.simulator;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the router answers searches.
 *
 * @param answers the search targets it answers; empty for those of a standard IGD
 * @param host which HOST header a search must have
 * @param delay before each answer
 * @param otherPort whether it answers from another port than it was asked at
 * @param repeat how many times it sends each answer
 * @param announces whether it sends an announcement instead of an answer
 * @param others datagrams of other devices before its own answer
 */
public record SsdpScript(
        Optional<Set<String>> answers,
        Host host,
        Duration delay,
        boolean otherPort,
        int repeat,
        boolean announces,
        List<OtherSender> others) {
    static final SsdpScript USUAL =
            new SsdpScript(Optional.empty(), Host.ANY, Duration.ZERO, false, 1, false, List.of());

    /** What the HOST header of a search must name. */
    public enum Host {
        ANY,
        UNICAST,
        GROUP
    }

    /** A datagram from another device on the network. */
    public record OtherSender(InetAddress from, int times, String text) {}
}
