package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides what an nftables ruleset does with a new connection from outside, and with its answers. Rules that are easy
 * to read are followed; where one is not, the answer is unknown.
 */
final class NftRuleset {
    /** As it is called to users. */
    static final String NAME = "nftables";

    private static final int DEEPEST = 8;

    /** One that a program that asks may get; no rule is about it in particular. */
    private static final Port OWN_PORT = new Port(50_123);

    /**
     * @param type of packets' treatment, such as {@code filter} and {@code nat}; empty for chains that only rules call
     * @param hook where packets come to it; empty likewise
     * @param policy {@code accept} or {@code drop}; empty likewise
     * @param head the words that say so
     */
    private record Chain(String family, String type, String hook, String policy, String head, List<String> rules) {
        boolean isFilter(String at) {
            return type.equals("filter") && hook.equals(at);
        }
    }

    private static final Pattern HOOK = Pattern.compile("\\bhook (\\S+)");

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
        NftSets sets = NftSets.parse(text);
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
                chains.put(name.get(), new Chain(family, "", "", "", "", rules));
            } else if (line.startsWith("}")) {
                name = Optional.empty();
            } else if (name.isPresent() && words[0].equals("type") && words.length > 1) {
                Matcher hook = HOOK.matcher(line);
                String policy = line.contains("policy drop") ? "drop" : "accept";
                chains.put(
                        name.get(), new Chain(family, words[1], hook.find() ? hook.group(1) : "", policy, line, rules));
            } else if (name.isPresent() && !line.isEmpty()) {
                rules.addAll(sets.expanded(line, table));
            }
        }
        return new NftRuleset(chains);
    }

    /** Whether nftables does nothing at all. */
    boolean isEmpty() {
        return chains.isEmpty();
    }

    /** Whether rules of the older iptables are among them. */
    boolean hasOlder(IpVersion ipVersion) {
        String table = (ipVersion == IpVersion.IPV4 ? "ip " : "ip6 ") + IptablesText.NAME;
        return chains.keySet().stream().anyMatch(name -> name.startsWith(table));
    }

    /** What friends send to that port is followed to where it is read: here, on another port, or in a container. */
    FirewallState judge(TransportProtocol protocol, Port port, IpVersion ipVersion, NftLinks links) {
        Optional<NftDestination> to = sentOn(protocol, port, ipVersion, links);
        Optional<NftDestination> away = to.filter(place -> !place.isOwn());
        Port last = to.flatMap(NftDestination::port).orElse(port);
        NftPacket arriving = new NftPacket(false, protocol, port, ipVersion, Optional.empty(), links);
        NftPacket arrived = new NftPacket(false, protocol, last, ipVersion, away, links);
        boolean unsure = false;
        for (boolean first : new boolean[] {true, false}) {
            NftPacket packet = first ? arriving : arrived;
            List<String> passed =
                    first ? before(ipVersion, links) : hooked(away.isEmpty() ? "input" : "forward", ipVersion);
            for (String chain : passed) {
                Fate fate = fate(chain, packet);
                boolean placeKnown = first
                        || to.isEmpty()
                        || away.isEmpty()
                        || away.get().address().isPresent();
                if (fate == Fate.OUT && placeKnown) {
                    RuleCommand command = new RuleCommand(chain);
                    boolean sent = !first && away.isPresent();
                    return new FirewallState.Closed(command.by(), command.letsIn(protocol, packet.port(), sent));
                }
                unsure |= fate == Fate.UNSURE || fate == Fate.OUT;
            }
        }
        return unsure
                ? new FirewallState.Unknown(Message.of("system.nft-unclear"), "sudo nft list ruleset")
                : new FirewallState.Open();
    }

    /** What a packet passes before it is known where it goes. */
    private List<String> before(IpVersion ipVersion, NftLinks links) {
        List<String> names = new ArrayList<>(hooked("prerouting", ipVersion));
        chains.forEach((name, chain) -> {
            boolean there = links.out().stream().anyMatch(link -> chain.head().contains("\"" + link + "\""));
            if (chain.isFilter("ingress") && there) {
                names.addFirst(name);
            }
        });
        return names;
    }

    /**
     * Whether what a server answers to the internet is certain to be dropped. Where that is not certain, nothing is
     * said: what lets an answer out may be a mark of the server's.
     */
    Optional<FirewallState> keepsAnswers(TransportProtocol protocol, Port port, IpVersion ipVersion, NftLinks links) {
        NftPacket answer = new NftPacket(true, protocol, port, ipVersion, Optional.empty(), links);
        for (String hook : List.of("output", "postrouting")) {
            for (String chain : hooked(hook, ipVersion)) {
                if (fate(chain, answer) == Fate.OUT) {
                    RuleCommand command = new RuleCommand(chain);
                    return Optional.of(new FirewallState.KeepsAnswers(command.by(), command.letsOut(protocol, port)));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether what ajar asks that router is certain to be dropped before it leaves.
     *
     * @param pages the ports at which it asks by TCP
     */
    FirewallState questionsTo(InetAddress router, Set<Port> pages, NftLinks links) {
        return exchanged(router, pages, links, true);
    }

    /** The same of the router's answers before they reach ajar. */
    FirewallState answersOf(InetAddress router, Set<Port> pages, NftLinks links) {
        return exchanged(router, pages, links, false);
    }

    private FirewallState exchanged(InetAddress router, Set<Port> pages, NftLinks links, boolean leaving) {
        IpVersion ipVersion = IpVersion.of(router);
        NftLinks home =
                links.towards(router).map(name -> new NftLinks(Set.of(name))).orElse(links);
        List<String> passed = new ArrayList<>(hooked(leaving ? "output" : "input", ipVersion));
        passed.addAll(hooked(leaving ? "postrouting" : "prerouting", ipVersion));
        for (String chain : passed) {
            RuleCommand command = new RuleCommand(chain);
            for (Port asked : RuleCommand.ROUTER_PORTS) {
                if (isDropped(chain, router, TransportProtocol.UDP, asked, home, leaving)) {
                    return new FirewallState.Closed(
                            command.by(), leaving ? command.letsQuestionsOut(router) : command.letsAnswersIn(router));
                }
            }
            for (Port page : pages) {
                if (isDropped(chain, router, TransportProtocol.TCP, page, home, leaving)) {
                    return new FirewallState.Closed(
                            command.by(),
                            leaving ? command.letsQuestionsOut(router) : command.letsPageIn(router, page));
                }
            }
        }
        return new FirewallState.Open();
    }

    private boolean isDropped(
            String chain, InetAddress router, TransportProtocol protocol, Port asked, NftLinks home, boolean leaving) {
        NftPeer peer = new NftPeer(router, asked, leaving ? "new" : "established");
        NftPacket packet = new NftPacket(
                leaving, protocol, OWN_PORT, IpVersion.of(router), Optional.empty(), home, Optional.of(peer));
        return fate(chain, packet) == Fate.OUT;
    }

    /** Where a rule sends what comes to that port from outside, if not to this machine's own port of that number. */
    Optional<NftDestination> sentOn(TransportProtocol protocol, Port port, IpVersion ipVersion, NftLinks links) {
        return new TreeMap<>(chains)
                .values().stream()
                        // What this machine itself sends is no friend's.
                        .filter(chain -> !chain.hook().equals("output")
                                && families(ipVersion).contains(chain.family()))
                        .flatMap(chain -> chain.rules().stream())
                        .flatMap(rule -> NftDestination.of(rule, protocol, port, ipVersion, links).stream())
                        .findFirst();
    }

    private static List<String> families(IpVersion ipVersion) {
        return List.of("inet", ipVersion == IpVersion.IPV4 ? "ip" : "ip6");
    }

    private List<String> hooked(String hook, IpVersion ipVersion) {
        List<String> names = new ArrayList<>();
        chains.forEach((name, chain) -> {
            if (chain.isFilter(hook) && families(ipVersion).contains(chain.family())) {
                names.add(name);
            }
        });
        names.sort(null);
        return names;
    }

    private Fate fate(String chain, NftPacket packet) {
        Walk walk = new Walk(packet);
        return walk.end(
                walk.through(chain, 0),
                Optional.ofNullable(chains.get(chain)).map(Chain::policy).orElse(""));
    }

    /** One packet's way through the chains, with what rules that are hard to read may have done to it. */
    private final class Walk {
        private final NftPacket packet;
        private boolean maybeIn;
        private boolean maybeOut;

        Walk(NftPacket packet) {
            this.packet = packet;
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
                NftConditions conditions = packet.meets(rule);
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
