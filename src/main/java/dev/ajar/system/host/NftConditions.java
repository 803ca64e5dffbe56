package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a rule of nftables applies to a new connection from outside to a port, or to its answers; unclear where part of
 * the rule is.
 */
enum NftConditions {
    MET,
    NOT_MET,
    UNCLEAR;

    private static final Pattern NOISE =
            Pattern.compile("counter( packets \\d+ bytes \\d+)?|comment \"[^\"]*\"|log( prefix \"[^\"]*\")?");
    private static final Pattern PLAIN = Pattern.compile("(?:ct state (?:\\{ )?[a-z, ]*\\bnew\\b[a-z, ]*(?: \\})? )?"
            + "(?:meta l4proto (tcp|udp) |ip protocol (tcp|udp) )?"
            + "(?:(tcp|udp|th) dport (\\{[^}]*\\}|[\\d-]+) )?"
            + "(?:accept|drop|return|reject(?: with [a-z -]+)?|(?:jump|goto) \\S+)");
    /** By name, or by number where the kernel's tools know no name: neither TCP (6) nor UDP (17). */
    private static final String OTHER_PROTOCOL =
            "(?:icmp|icmpv6|igmp|ipv6-icmp|esp|ah|gre|sctp|dccp|udplite|comp|(?!(?:6|17)\\b)\\d+)";

    private static final Pattern NOT_FOR_STRANGERS =
            Pattern.compile("ct state (?:\\{ )?(?:established|related|invalid)[a-z, ]*(?: \\})? .*"
                    + "|(?:iif|iifname) \"lo\" .*"
                    + "|(?:icmp|icmpv6|igmp) .*"
                    + "|(?:meta l4proto|ip protocol) " + OTHER_PROTOCOL + " .*"
                    + "|(?:meta l4proto|ip protocol) \\{ " + OTHER_PROTOCOL + "(?:, " + OTHER_PROTOCOL + ")* \\} .*"
                    + "|ip saddr (?:10|127|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.[\\d./]+ .*"
                    // Link-local, unique local and loopback addresses, and groups.
                    + "|ip6 saddr (?:fe[89ab]|f[cd]|::1)[0-9a-f:./]* .*"
                    + "|ip6 daddr (?:fe[89ab]|ff)[0-9a-f:./]* .*");

    private static final Pattern FOR_IPV4 = Pattern.compile("(?:ip |meta nfproto ipv4).*");
    private static final Pattern FOR_IPV6 = Pattern.compile("(?:ip6 |meta nfproto ipv6).*");
    private static final Pattern VERSION = Pattern.compile("^meta nfproto ipv[46] ");

    static NftConditions ofQuestion(String rule, TransportProtocol protocol, Port port, IpVersion ipVersion) {
        String text = plain(rule);
        Pattern otherVersion = ipVersion == IpVersion.IPV4 ? FOR_IPV6 : FOR_IPV4;
        if (otherVersion.matcher(text).matches()) {
            return NOT_MET;
        }
        text = VERSION.matcher(text).replaceFirst("");
        if (NOT_FOR_STRANGERS.matcher(text).matches() && !text.contains("new")) {
            return NOT_MET;
        }
        String other = protocol == TransportProtocol.TCP ? "udp" : "tcp";
        if ((" " + text).contains(" " + other + " ") && !text.contains("{ " + protocol.label())) {
            return NOT_MET;
        }
        Matcher plain = PLAIN.matcher(text);
        if (!plain.matches()) {
            return UNCLEAR;
        }
        String ports = plain.group(4);
        return ports == null || named(ports, port) ? MET : NOT_MET;
    }

    private static boolean named(String ports, Port port) {
        String list = ports.replace("{", "").replace("}", "");
        return Arrays.stream(list.split(",")).anyMatch(range -> PortRanges.contains(range, '-', port));
    }

    private static String plain(String rule) {
        return NOISE.matcher(rule.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static final Pattern VERDICT =
            Pattern.compile("(?:accept|drop|return|reject(?: with [a-z0-9 -]+)?|(?:jump|goto) \\S+)");

    private static final Pattern CLAUSE = Pattern.compile(
            "(ct state|oif|oifname|ip6? daddr|meta l4proto|ip protocol|ip6 nexthdr|(?:tcp|udp|th) [sd]port)"
                    + " (!= )?(\\{[^}]*\\}|\"[^\"]*\"|[\\w.:/,*-]+) (.*)");

    /** Own networks, groups, loopback and links: no friend on the internet is there. */
    private static final Pattern NEAR =
            Pattern.compile("(?:10|127|169\\.254|192\\.168|172\\.(?:1[6-9]|2\\d|3[01])|22[4-9]|23\\d|255)\\.[\\d./-]+"
                    + "|(?:fe[89ab]|f[cdf])[0-9a-f:./-]*|::1");

    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

    /** Programs that connect get a port from here on (RFC 6056). */
    private static final int LOWEST_OF_FRIENDS = 1024;

    private static final int HIGHEST_PORT = 65_535;

    /**
     * Whether a rule applies to what a server of that port answers to the internet.
     *
     * @param linksOut the interfaces that it can leave by
     */
    static NftConditions ofAnswer(
            String rule, TransportProtocol protocol, Port port, IpVersion ipVersion, Set<String> linksOut) {
        String text = plain(rule);
        Pattern otherVersion = ipVersion == IpVersion.IPV4 ? FOR_IPV6 : FOR_IPV4;
        if (otherVersion.matcher(text).matches()) {
            return NOT_MET;
        }
        text = VERSION.matcher(text).replaceFirst("");
        NftConditions all = MET;
        while (!VERDICT.matcher(text).matches()) {
            Matcher clause = CLAUSE.matcher(text);
            if (!clause.matches()) {
                return UNCLEAR;
            }
            List<String> values = values(clause.group(3));
            NftConditions one =
                    clause(clause.group(1), values, protocol, port, linksOut).negatedIf(clause.group(2) != null);
            if (one == NOT_MET) {
                return NOT_MET;
            }
            all = one == UNCLEAR ? UNCLEAR : all;
            text = clause.group(4);
        }
        return all;
    }

    private NftConditions negatedIf(boolean negated) {
        return switch (this) {
            case MET -> negated ? NOT_MET : MET;
            case NOT_MET -> negated ? MET : NOT_MET;
            case UNCLEAR -> UNCLEAR;
        };
    }

    private static List<String> values(String text) {
        return Arrays.stream(text.replaceAll("[{}\"]", "").split(","))
                .map(String::strip)
                .toList();
    }

    private static NftConditions clause(
            String name, List<String> values, TransportProtocol protocol, Port port, Set<String> linksOut) {
        return switch (name) {
            case "ct state" -> met(values.contains("established"));
            case "oif", "oifname" -> byLink(values, linksOut);
            case "meta l4proto", "ip protocol", "ip6 nexthdr" ->
                met(values.contains(protocol.label())
                        || values.contains(protocol == TransportProtocol.TCP ? "6" : "17"));
            case "ip daddr", "ip6 daddr" -> toFriend(values);
            default -> {
                boolean mine = name.startsWith(protocol.label()) || name.startsWith("th ");
                yield !mine
                        ? NOT_MET
                        : name.endsWith("sport") ? met(named(String.join(",", values), port)) : byFriendsPort(values);
            }
        };
    }

    private static NftConditions met(boolean is) {
        return is ? MET : NOT_MET;
    }

    private static NftConditions byLink(List<String> values, Set<String> linksOut) {
        long by = linksOut.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> values.stream()
                        .anyMatch(value -> value.endsWith("*")
                                ? name.startsWith(value.substring(0, value.length() - 1))
                                : name.equals(value)))
                .count();
        return linksOut.isEmpty() ? UNCLEAR : by == 0 ? NOT_MET : by == linksOut.size() ? MET : UNCLEAR;
    }

    private static NftConditions toFriend(List<String> values) {
        if (values.contains("0.0.0.0/0") || values.contains("::/0")) {
            return MET;
        }
        return values.stream().allMatch(value -> NEAR.matcher(value).matches()) ? NOT_MET : UNCLEAR;
    }

    private static NftConditions byFriendsPort(List<String> values) {
        boolean every = false;
        boolean some = false;
        for (String value : values) {
            Matcher range = RANGE.matcher(value);
            if (!range.matches()) {
                return UNCLEAR;
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            every |= first <= LOWEST_OF_FRIENDS && last >= HIGHEST_PORT;
            some |= last >= LOWEST_OF_FRIENDS;
        }
        return every ? MET : some ? UNCLEAR : NOT_MET;
    }

    private static final Pattern REDIRECTION =
            Pattern.compile("(?:.* )?(tcp|udp|th) dport (\\{[^}]*\\}|[\\d-]+) (?:.*\\W)?(?:dnat|redirect)\\b.*");

    /** What comes to loopback comes from this machine alone: a container's port may be published there. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:.* )?(?:ip daddr 127\\.|ip6 daddr ::1|(?:iif|iifname) \"?lo\"?(?: |$)).*");

    private static final Pattern COMES_BY =
            Pattern.compile("(?:^|.* )(?:iif|iifname) (\\{[^}]*\\}|\"[^\"]*\"|[\\w.@:*-]+) .*");

    private static final Pattern OF_IPV4 = Pattern.compile("(?:^|.* )(?:ip [sd]addr|meta nfproto ipv4|dnat ip to) .*");
    private static final Pattern OF_IPV6 =
            Pattern.compile("(?:^|.* )(?:ip6 [sd]addr|meta nfproto ipv6|dnat ip6 to) .*");

    /**
     * Whether a rule sends what comes to that port from other devices on.
     *
     * @param linksOut the interfaces that friends come by
     */
    static boolean redirects(
            String rule, TransportProtocol protocol, Port port, IpVersion ipVersion, Set<String> linksOut) {
        String text = plain(rule);
        Matcher redirection = REDIRECTION.matcher(text);
        Matcher link = COMES_BY.matcher(text);
        boolean byAnother = link.matches() && byLink(values(link.group(1)), linksOut) == NOT_MET;
        Pattern otherVersion = ipVersion == IpVersion.IPV4 ? OF_IPV6 : OF_IPV4;
        return redirection.matches()
                && !byAnother
                && !otherVersion.matcher(text).matches()
                && !LOOPBACK.matcher(text).matches()
                && (redirection.group(1).equals("th") || redirection.group(1).equals(protocol.label()))
                && named(redirection.group(2), port);
    }
}
