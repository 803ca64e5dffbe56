package dev.ajar.system.route;

import dev.ajar.model.Addresses;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who says that a packet's time to live has ended, in the words of the usual ping programs. */
public final class PingText {
    private static final Pattern EXCEEDED = Pattern.compile("(?i)\\bfrom ([\\d.]+)\\b.*\\b(?:time to live|ttl)\\b");

    private static final Pattern ADDRESS = Pattern.compile("(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.])");

    private PingText() {}

    public static Optional<InetAddress> expiredAt(String text) {
        return text.lines()
                .map(EXCEEDED::matcher)
                .filter(Matcher::find)
                .flatMap(match -> Addresses.ipv4(match.group(1)).stream())
                .findFirst();
    }

    /**
     * Who answered {@code ping} of Windows, whose words are in the user's language: each address that it prints beside
     * the one that was asked for.
     *
     * @param towards which was asked for
     */
    static Optional<InetAddress> answeredInAnyLanguage(String text, String towards) {
        return ADDRESS.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(address -> !address.equals(towards))
                .flatMap(address -> Addresses.ipv4(address).stream())
                .findFirst();
    }
}
