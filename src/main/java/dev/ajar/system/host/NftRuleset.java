package dev.ajar.system.host;

import dev.ajar.model.Port;
import dev.ajar.model.Protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an nftables ruleset does with a new connection of a stranger: the rules that are easy to read are followed, and
 * where one is not, the answer is that it cannot be told.
 */
final class NftRuleset {
    private static final int DEEPEST = 8;

    /**
     * @param policy {@code accept} or {@code drop}; empty for chains nobody calls but rules
     */
    private record Chain(String family, boolean input, String policy, List<String> rules) {}

    private enum Fate {
        IN,
        OUT,
        UNSURE,
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

    FirewallVerdict judge(Protocol protocol, Port port) {
        boolean unsure = false;
        for (Map.Entry<String, Chain> entry : chains.entrySet()) {
            Chain chain = entry.getValue();
            if (!chain.input() || !List.of("ip", "inet").contains(chain.family())) {
                continue;
            }
            Fate fate = follow(entry.getKey(), protocol, port, 0);
            boolean out =
                    fate == Fate.OUT || (fate == Fate.ONWARDS && chain.policy().equals("drop"));
            if (out) {
                return new FirewallVerdict.Closed(
                        "nftables",
                        "sudo nft insert rule "
                                + entry.getKey()
                                + " "
                                + protocol.label()
                                + " dport "
                                + port
                                + " accept");
            }
            unsure |= fate == Fate.UNSURE;
        }
        return unsure
                ? new FirewallVerdict.Unknown(
                        "this machine's firewall has rules that are hard to judge",
                        "sudo nft list ruleset")
                : new FirewallVerdict.Open();
    }

    private Fate follow(String name, Protocol protocol, Port port, int depth) {
        Chain chain = chains.get(name);
        if (chain == null || depth > DEEPEST) {
            return Fate.UNSURE;
        }
        String table = name.substring(0, name.lastIndexOf(' ') + 1);
        boolean unsure = false;
        for (String rule : chain.rules()) {
            Conditions conditions = Conditions.of(rule, protocol, port);
            if (conditions == Conditions.NOT_MET) {
                continue;
            }
            Fate fate = verdict(rule, table, protocol, port, depth);
            if (fate == Fate.ONWARDS) {
                continue;
            }
            if (conditions == Conditions.MET && fate != Fate.UNSURE) {
                // An earlier rule may have let in what this one keeps out.
                return unsure && fate == Fate.OUT ? Fate.UNSURE : fate;
            }
            unsure = true;
        }
        return unsure ? Fate.UNSURE : Fate.ONWARDS;
    }

    private Fate verdict(String rule, String table, Protocol protocol, Port port, int depth) {
        List<String> words = Arrays.asList(rule.split("\\s+"));
        if (words.contains("accept")) {
            return Fate.IN;
        }
        if (words.contains("drop") || words.contains("reject")) {
            return Fate.OUT;
        }
        int jump = Math.max(words.indexOf("jump"), words.indexOf("goto"));
        if (jump >= 0 && jump + 1 < words.size()) {
            return follow(table + words.get(jump + 1), protocol, port, depth + 1);
        }
        return Fate.ONWARDS;
    }

    /** Whether a rule concerns a new connection of a stranger to that port. */
    private enum Conditions {
        MET,
        NOT_MET,
        UNCLEAR;

        private static final List<String> STATEMENTS =
                List.of("accept", "drop", "reject", "jump", "goto", "counter", "log", "return");

        static Conditions of(String rule, Protocol protocol, Port port) {
            String text = rule.toLowerCase(Locale.ROOT);
            if (text.contains("ct state") && !text.contains("new") && !text.contains("untracked")) {
                return NOT_MET;
            }
            if (text.contains("\"lo\"")
                    || text.contains("icmp")
                    || text.contains("saddr")
                    || text.contains("igmp")
                    || text.contains("ct state invalid")) {
                return text.contains("!=") ? UNCLEAR : NOT_MET;
            }
            String other = protocol == Protocol.TCP ? "udp" : "tcp";
            if (text.startsWith(other + " ")
                    || text.contains("l4proto " + other)
                    || text.contains("ip protocol " + other)) {
                return NOT_MET;
            }
            int dport = text.indexOf("dport ");
            if (dport >= 0) {
                String ports = text.substring(dport + "dport ".length());
                return ports.startsWith("!") ? UNCLEAR : named(ports, port) ? MET : NOT_MET;
            }
            String first = text.split("\\s+")[0];
            boolean plain =
                    STATEMENTS.contains(first)
                            || text.contains("ct state")
                            || text.contains("l4proto " + protocol.label());
            return plain && !text.contains("iif") && !text.contains("limit") ? MET : UNCLEAR;
        }

        private static boolean named(String ports, Port port) {
            String list =
                    ports.startsWith("{")
                            ? ports.substring(1, Math.max(1, ports.indexOf('}')))
                            : ports.split("\\s+")[0];
            return Arrays.stream(list.split(","))
                    .anyMatch(range -> Ranges.contains(range, '-', port));
        }
    }
}
