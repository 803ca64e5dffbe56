package dev.ajar.system.host;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a friend on the internet sends to a server of this machine, or the server's answer, as rules of nftables see it;
 * or what ajar asks a router, and the router's answer.
 *
 * @param isAnswer whether it leaves this machine: the server's answer, or a question to a router; otherwise it arrives
 * @param port this machine's
 * @param to the container that it is sent on to; empty where it is for this machine itself
 * @param router the other end, where that is a router and no friend
 */
record NftPacket(
        boolean isAnswer,
        TransportProtocol protocol,
        Port port,
        IpVersion ipVersion,
        Optional<NftDestination> to,
        NftLinks links,
        Optional<NftPeer> router) {
    /** With a friend at the other end. */
    NftPacket(
            boolean isAnswer,
            TransportProtocol protocol,
            Port port,
            IpVersion ipVersion,
            Optional<NftDestination> to,
            NftLinks links) {
        this(isAnswer, protocol, port, ipVersion, to, links, Optional.empty());
    }

    private static final Pattern NOISE = Pattern.compile(
            "counter( packets \\d+ bytes \\d+)?|comment \"[^\"]*\"|log( prefix \"[^\"]*\")?( level \\w+)?");

    private static final Pattern VERDICT =
            Pattern.compile("(?:accept|drop|return|reject(?: with [a-z0-9 -]+)?|(?:jump|goto) \\S+)");

    private static final Pattern CLAUSE = Pattern.compile(
            "(ct state|ct status|iif|iifname|oif|oifname|ip6? [sd]addr|meta l4proto|ip protocol|ip6 nexthdr"
                    + "|icmpv? type|icmpv6 type|fib daddr type|fib saddr[a-z .]* oif|(?:tcp|udp|th|sctp|dccp) [sd]port)"
                    + " (!= )?(\\{[^}]*\\}|\"[^\"]*\"|[\\w.:/,*@-]+) (.*)");

    private static final Pattern FOR_IPV4 = Pattern.compile("(?:ip |meta nfproto ipv4|icmp ).*");
    private static final Pattern FOR_IPV6 = Pattern.compile("(?:ip6 |meta nfproto ipv6|icmpv6 ).*");
    private static final Pattern VERSION = Pattern.compile("^meta nfproto ipv[46] ");

    /** Own networks, those of providers, groups, loopback and links: no friend on the internet is there. */
    private static final Pattern NEAR = Pattern.compile("(?:10|127|169\\.254|192\\.168|172\\.(?:1[6-9]|2\\d|3[01])"
            + "|100\\.(?:6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])|22[4-9]|23\\d|255)\\.[\\d./-]+"
            + "|(?:fe[89ab]|f[cdf])[0-9a-f:./-]*|::1(?:/\\d+)?");

    /** No packet for one machine alone has them. */
    private static final Pattern GROUPS =
            Pattern.compile("(?:127|22[4-9]|23\\d|255)\\.[\\d./-]+|(?:fe[89ab]|ff)[0-9a-f:./-]*|::1");

    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

    /** Programs that connect get a port from here on (RFC 6056). */
    private static final int LOWEST_OF_FRIENDS = 1024;

    private static final int HIGHEST_PORT = 65_535;

    static String plain(String rule) {
        return NOISE.matcher(rule.toLowerCase(Locale.ROOT))
                .replaceAll("")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** Whether a rule applies to it. */
    NftConditions meets(String rule) {
        String text = plain(rule);
        Pattern otherVersion = ipVersion == IpVersion.IPV4 ? FOR_IPV6 : FOR_IPV4;
        if (otherVersion.matcher(text).matches()) {
            return NftConditions.NOT_MET;
        }
        text = VERSION.matcher(text).replaceFirst("");
        NftConditions all = NftConditions.MET;
        while (!VERDICT.matcher(text).matches()) {
            Matcher clause = CLAUSE.matcher(text);
            if (!clause.matches()) {
                return NftConditions.UNCLEAR;
            }
            if (clause.group(3).equals(".") || clause.group(3).equals("vmap")) {
                return joined(clause.group(1));
            }
            NftConditions one = clause(clause.group(1), clause.group(3)).negatedIf(clause.group(2) != null);
            if (one == NftConditions.NOT_MET) {
                return NftConditions.NOT_MET;
            }
            all = one == NftConditions.UNCLEAR ? NftConditions.UNCLEAR : all;
            text = clause.group(4);
        }
        return all;
    }

    /** The first of several conditions in one, or of a map: of another protocol, the rest does not matter. */
    private NftConditions joined(String name) {
        return name.endsWith("port") && !isMine(name) ? NftConditions.NOT_MET : NftConditions.UNCLEAR;
    }

    private boolean isMine(String name) {
        return name.startsWith(protocol.label()) || name.startsWith("th ");
    }

    private static List<String> values(String text) {
        return Arrays.stream(text.replaceAll("[{}\"]", "").split(","))
                .map(String::strip)
                .toList();
    }

    private NftConditions clause(String name, String value) {
        List<String> values = values(value);
        if (value.startsWith("@")) {
            return joined(name);
        }
        return switch (name) {
            case "ct state" -> NftConditions.met(values.contains(state()));
            case "ct status" ->
                to.isPresent() && values.equals(List.of("dnat")) && !isAnswer
                        ? NftConditions.MET
                        : to.isEmpty() && values.equals(List.of("dnat"))
                                ? NftConditions.NOT_MET
                                : NftConditions.UNCLEAR;
            case "iif", "iifname" -> comesBy(value);
            case "oif", "oifname" -> leavesBy(value);
            case "meta l4proto", "ip protocol", "ip6 nexthdr" ->
                NftConditions.met(values.contains(protocol.label())
                        || values.contains(protocol == TransportProtocol.TCP ? "6" : "17"));
            case "ip daddr", "ip6 daddr" -> isAnswer ? ofOther(values) : ofOwn(values);
            case "ip saddr", "ip6 saddr" -> isAnswer ? ofOwn(values) : ofOther(values);
            case "icmp type", "icmpv6 type" -> NftConditions.NOT_MET;
            case "fib daddr type" -> byKind(values);
            // Where an answer leaves by another link, that is told by itself.
            case "fib saddr oif", "fib saddr . iif oif", "fib saddr . mark . iif oif", "fib saddr . mark oif" ->
                NftConditions.met(!(values.equals(List.of("missing")) || values.equals(List.of("0"))));
            default -> byPort(name, values);
        };
    }

    private NftConditions byPort(String name, List<String> values) {
        if (!name.endsWith("port")) {
            return NftConditions.UNCLEAR;
        }
        boolean servers = name.endsWith("sport") == isAnswer;
        return !isMine(name)
                ? NftConditions.NOT_MET
                : servers ? NftConditions.met(named(String.join(",", values), port)) : byOthersPort(values);
    }

    private String state() {
        return router.map(NftPeer::state).orElse(isAnswer ? "established" : "new");
    }

    private NftConditions ofOther(List<String> values) {
        return router.map(other -> other.isAt(values)).orElseGet(() -> ofFriend(values));
    }

    private NftConditions byOthersPort(List<String> values) {
        return router.map(other -> other.hasPort(values)).orElseGet(() -> byFriendsPort(values));
    }

    private NftConditions comesBy(String value) {
        return isAnswer ? NftConditions.UNCLEAR : byLink(value, links.out());
    }

    private NftConditions leavesBy(String value) {
        if (isAnswer) {
            return byLink(value, links.out());
        }
        return to.flatMap(NftDestination::address)
                .flatMap(links::towards)
                .map(link -> byLink(value, Set.of(link)))
                .orElse(NftConditions.UNCLEAR);
    }

    private NftConditions byKind(List<String> values) {
        boolean own = values.contains("local");
        boolean others = values.stream()
                .anyMatch(kind ->
                        !List.of("local", "broadcast", "multicast", "anycast").contains(kind));
        if (isAnswer || to.isPresent() || others) {
            return own || others ? NftConditions.UNCLEAR : NftConditions.NOT_MET;
        }
        return NftConditions.met(own);
    }

    static boolean named(String ports, Port port) {
        String list = ports.replace("{", "").replace("}", "");
        return Arrays.stream(list.split(",")).anyMatch(range -> PortRanges.contains(range, '-', port));
    }

    static NftConditions byLink(String text, Set<String> links) {
        List<String> values = values(text);
        if (values.equals(List.of("lo"))) {
            return NftConditions.NOT_MET;
        }
        long by = links.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> values.stream()
                        .anyMatch(value -> value.endsWith("*")
                                ? name.startsWith(value.substring(0, value.length() - 1))
                                : name.equals(value)))
                .count();
        return links.isEmpty()
                ? NftConditions.UNCLEAR
                : by == 0 ? NftConditions.NOT_MET : by == links.size() ? NftConditions.MET : NftConditions.UNCLEAR;
    }

    private static NftConditions ofFriend(List<String> values) {
        if (isEverything(values)) {
            return NftConditions.MET;
        }
        return values.stream().allMatch(value -> NEAR.matcher(value).matches())
                ? NftConditions.NOT_MET
                : NftConditions.UNCLEAR;
    }

    /** Which addresses are this machine's own is not known here; a container's is. */
    private NftConditions ofOwn(List<String> values) {
        if (isEverything(values)) {
            return NftConditions.MET;
        }
        Optional<InetAddress> container = isAnswer ? Optional.empty() : to.flatMap(NftDestination::address);
        boolean plain = values.stream().allMatch(value -> Addresses.parse(value).isPresent());
        if (container.isPresent() && plain) {
            return NftConditions.met(
                    values.stream().anyMatch(value -> Addresses.parse(value).equals(container)));
        }
        return values.stream().allMatch(value -> GROUPS.matcher(value).matches())
                ? NftConditions.NOT_MET
                : NftConditions.UNCLEAR;
    }

    private static boolean isEverything(List<String> values) {
        return values.contains("0.0.0.0/0") || values.contains("::/0");
    }

    private static NftConditions byFriendsPort(List<String> values) {
        boolean every = false;
        boolean some = false;
        for (String value : values) {
            Matcher range = RANGE.matcher(value);
            if (!range.matches()) {
                return NftConditions.UNCLEAR;
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            every |= first <= LOWEST_OF_FRIENDS && last >= HIGHEST_PORT;
            some |= last >= LOWEST_OF_FRIENDS;
        }
        return every ? NftConditions.MET : some ? NftConditions.UNCLEAR : NftConditions.NOT_MET;
    }
}
