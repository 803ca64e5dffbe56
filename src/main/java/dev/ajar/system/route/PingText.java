package dev.ajar.system.route;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who says that a packet's time to live has ended, in the words of the usual ping programs. */
public final class PingText {
    private static final Pattern EXCEEDED = Pattern.compile("(?i)\\bfrom ([\\d.]+)\\b.*\\b(?:time to live|ttl)\\b");

    private PingText() {}

    public static Optional<InetAddress> expiredAt(String text) {
        return text.lines()
                .map(EXCEEDED::matcher)
                .filter(Matcher::find)
                .flatMap(match -> Addresses.ipv4(match.group(1)).stream())
                .findFirst();
    }
}
