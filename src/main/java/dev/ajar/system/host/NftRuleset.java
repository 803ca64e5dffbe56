package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what an nftables ruleset does with a new connection from outside, and with its answers. Rules that are easy to read are followed;
 * where one is not, the answer is unknown.
 */
final class NftRuleset {
    private static final int DEEPEST = 8;

    /**
     * @param policy {@code accept} or {@code drop}; empty for chains that only rules call
     */
    private record Chain(String family, String hook, String policy, List<String> rules) {}

    private static final Pattern HOOK = Pattern.compile("\\bhook (\\S+)");

    /** What a rule's conditions say of one packet. */
    private interface Reading {
        NftConditions of(String rule);
    }

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
                chains.put(name.get(), new Chain(family, "", "", rules));
            } else if (line.startsWith("}")) {
                name = Optional.empty();
            } else if (name.isPresent() && words[0].equals("type")) {
                boolean filter = words.length > 1 && words[1].equals("filter");
                Matcher hook = HOOK.matcher(line);
                String policy = line.contains("policy drop") ? "drop" : "accept";
                chains.put(name.get(), new Chain(family, filter && hook.find() ? hook.group(1) : "", policy, rules));
            } else if (name.isPresent() && !line.isEmpty()) {
                rules.add(line);
            }
        }
        return new NftRuleset(chains);
    }

    /** Whether nftables does nothing at all. */
    boolean isEmpty() {
        return chains.isEmpty();
    }

    FirewallState judge(TransportProtocol protocol, Port port, IpVersion ipVersion) {
        boolean unsure = false;
        for (String chain : hooked("input", ipVersion)) {
            Fate fate = fate(chain, rule -> NftConditions.ofQuestion(rule, protocol, port, ipVersion));
            if (fate == Fate.OUT) {
                String rule = protocol.label() + " dport " + port + " accept";
                return new FirewallState.Closed("nftables", "sudo nft insert rule " + chain + " " + rule);
            }
            unsure |= fate == Fate.UNSURE;
        }
        return unsure
                ? new FirewallState.Unknown(Message.of("system.nft-unclear"), "sudo nft list ruleset")
                : new FirewallState.Open();
    }

    /**
     * Whether what a server answers to the internet is certain to be dropped. Where that is not certain, nothing is said: what
     * lets an answer out may be a mark of the server's.
     *
     * @param linksOut the interfaces that an answer can leave by
     */
    Optional<FirewallState> keepsAnswers(
            TransportProtocol protocol, Port port, IpVersion ipVersion, Set<String> linksOut) {
        for (String hook : List.of("output", "postrouting")) {
            for (String chain : hooked(hook, ipVersion)) {
                if (fate(chain, rule -> NftConditions.ofAnswer(rule, protocol, port, ipVersion, linksOut))
                        == Fate.OUT) {
                    String rule = protocol.label() + " sport " + port + " accept";
                    return Optional.of(
                            new FirewallState.KeepsAnswers("nftables", "sudo nft insert rule " + chain + " " + rule));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a rule sends what comes to that port from outside on to another address or port.
     *
     * @param versions of which any is enough
     * @param linksOut the interfaces that the internet is behind; a rule for another one is not for friends
     */
    boolean redirects(TransportProtocol protocol, Port port, List<IpVersion> versions, Set<String> linksOut) {
        for (Chain chain : chains.values()) {
            for (String rule : chain.rules()) {
                if (versions.stream()
                        .anyMatch(version -> families(version).contains(chain.family())
                                && NftConditions.redirects(rule, protocol, port, version, linksOut))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<String> families(IpVersion ipVersion) {
        return List.of("inet", ipVersion == IpVersion.IPV4 ? "ip" : "ip6");
    }

    private List<String> hooked(String hook, IpVersion ipVersion) {
        List<String> names = new ArrayList<>();
        chains.forEach((name, chain) -> {
            if (chain.hook().equals(hook) && families(ipVersion).contains(chain.family())) {
                names.add(name);
            }
        });
        names.sort(null);
        return names;
    }

    private Fate fate(String chain, Reading reading) {
        Walk walk = new Walk(reading);
        return walk.end(
                walk.through(chain, 0),
                Optional.ofNullable(chains.get(chain)).map(Chain::policy).orElse(""));
    }

    /** One packet's way through the chains, with what rules that are hard to read may have done to it. */
    private final class Walk {
        private final Reading reading;
        private boolean maybeIn;
        private boolean maybeOut;

        Walk(Reading reading) {
            this.reading = reading;
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
                NftConditions conditions = reading.of(rule);
                Fate fate = conditions == NftConditions.NOT_MET ? Fate.ONWARDS : effect(rule, table, depth);
                if (conditions == NftConditions.UNCLEAR) {
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
}
