package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what an nftables ruleset does with a new connection from outside. Rules that are easy to read are followed;
 * where one is not, the answer is unknown.
 */
final class NftRuleset {
    private static final int DEEPEST = 8;

    /**
     * @param policy {@code accept} or {@code drop}; empty for chains that only rules call
     */
    private record Chain(String family, boolean input, String policy, List<String> rules) {}

    private enum Fate {
        IN,
        OUT,
        UNSURE,
        /** Out of this chain, to where it was called from. */
        BACK,
        ONWARDS
    }

    private final Map<String, Chain> chains;

    private NftRuleset(Map<String, Chain> chains) {
        this.chains = chains;
    }

    static NftRuleset parse(String text) {
        Map<String, Chain> chains = new HashMap<>();
        String family = "";
        String table = "";
        Optional<String> name = Optional.empty();
        List<String> rules = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            String[] words = line.split("\\s+");
            if (words[0].equals("table") && words.length > 2) {
                family = words[1];
                table = words[1] + " " + words[2] + " ";
            } else if (words[0].equals("chain") && words.length > 1) {
                name = Optional.of(table + words[1]);
                rules = new ArrayList<>();
                chains.put(name.get(), new Chain(family, false, "", rules));
            } else if (line.startsWith("}")) {
                name = Optional.empty();
            } else if (name.isPresent() && words[0].equals("type")) {
                boolean filter = words.length > 1 && words[1].equals("filter");
                boolean input = filter && line.contains(" hook input ");
                String policy = line.contains("policy drop") ? "drop" : "accept";
                chains.put(name.get(), new Chain(family, input, policy, rules));
            } else if (name.isPresent() && !line.isEmpty()) {
                rules.add(line);
            }
        }
        return new NftRuleset(chains);
    }

    FirewallState judge(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        List<String> families = List.of("inet", ipVersion == IpVersion.IPV4 ? "ip" : "ip6");
        boolean unsure = false;
        for (Map.Entry<String, Chain> entry : chains.entrySet()) {
            Chain chain = entry.getValue();
            if (!chain.input() || !families.contains(chain.family())) {
                continue;
            }
            Walk walk = new Walk(protocol, port, ipVersion);
            Fate fate = walk.end(walk.through(entry.getKey(), 0), chain.policy());
            if (fate == Fate.OUT) {
                String rule = protocol.label() + " dport " + port + " accept";
                return new FirewallState.Closed("nftables", "sudo nft insert rule " + entry.getKey() + " " + rule);
            }
            unsure |= fate == Fate.UNSURE;
        }
        return unsure
                ? new FirewallState.Unknown(Message.of("system.nft-unclear"), "sudo nft list ruleset")
                : new FirewallState.Open();
    }

    /** One packet's way through the chains, with what rules that are hard to read may have done to it. */
    private final class Walk {
        private final TransportProtocol protocol;
        private final Port port;
        private final IpVersion ipVersion;
        private boolean maybeIn;
        private boolean maybeOut;

        Walk(TransportProtocol protocol, Port port, IpVersion ipVersion) {
            this.protocol = protocol;
            this.port = port;
            this.ipVersion = ipVersion;
        }

        Fate end(Fate fate, String policy) {
            Fate last = fate == Fate.ONWARDS ? (policy.equals("drop") ? Fate.OUT : Fate.IN) : fate;
            boolean otherwise = last == Fate.OUT ? maybeIn : maybeOut;
            return otherwise ? Fate.UNSURE : last;
        }

        Fate through(String name, int depth) {
            Chain chain = chains.get(name);
            if (chain == null || depth > DEEPEST) {
                maybeIn = true;
                maybeOut = true;
                return Fate.ONWARDS;
            }
            String table = name.substring(0, name.lastIndexOf(' ') + 1);
            for (String rule : chain.rules()) {
                Conditions conditions = Conditions.of(rule, protocol, port, ipVersion);
                Fate fate = conditions == Conditions.NOT_MET ? Fate.ONWARDS : effect(rule, table, depth);
                if (conditions == Conditions.UNCLEAR) {
                    boolean map = rule.contains("vmap") || fate == Fate.BACK;
                    maybeIn |= fate == Fate.IN || map;
                    maybeOut |= fate == Fate.OUT || map;
                } else if (fate == Fate.BACK) {
                    return Fate.ONWARDS;
                } else if (fate != Fate.ONWARDS) {
                    return fate;
                }
            }
            return Fate.ONWARDS;
        }

        private Fate effect(String rule, String table, int depth) {
            List<String> words = Arrays.asList(rule.split("\\s+"));
            if (words.contains("accept")) {
                return Fate.IN;
            }
            if (words.contains("drop") || words.contains("reject")) {
                return Fate.OUT;
            }
            if (words.contains("return")) {
                return Fate.BACK;
            }
            int jump = Math.max(words.indexOf("jump"), words.indexOf("goto"));
            return jump >= 0 && jump + 1 < words.size()
                    ? through(table + words.get(jump + 1), depth + 1)
                    : Fate.ONWARDS;
        }
    }

    /** Whether a rule applies to a new connection from outside to that port; unsure where part of it is unclear. */
    private enum Conditions {
        MET,
        NOT_MET,
        UNCLEAR;

        private static final Pattern NOISE =
                Pattern.compile("counter( packets \\d+ bytes \\d+)?|comment \"[^\"]*\"|log( prefix \"[^\"]*\")?");
        private static final Pattern PLAIN =
                Pattern.compile("(?:ct state (?:\\{ )?[a-z, ]*\\bnew\\b[a-z, ]*(?: \\})? )?"
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

        static Conditions of(String rule, TransportProtocol protocol, Port port, IpVersion ipVersion) {
            String text = NOISE.matcher(rule.toLowerCase(Locale.ROOT))
                    .replaceAll("")
                    .replaceAll("\\s+", " ")
                    .strip();
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
    }
}
