package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads what {@code iptables-legacy-save} prints, rules that {@code nft} does not show, as a table of nftables
 * (iptables(8), iptables-extensions(8)). What is not known here is carried over as it is, so that the rule counts as
 * unclear.
 */
final class IptablesText {
    /** As the firewall is called to users; also the name of the table {@code filter}, and how those of others begin. */
    static final String NAME = "iptables-legacy";

    private static final Set<String> HOOKS = Set.of("PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING");

    /** Targets that do something to the packet and let it go on. */
    private static final Set<String> PASSING = Set.of(
            "LOG", "NFLOG", "MARK", "CONNMARK", "CT", "TCPMSS", "DSCP", "TOS", "TTL", "CHECKSUM", "MASQUERADE", "SNAT");

    private final List<String> rules = new ArrayList<>();
    private final String addresses;

    private IptablesText(IpVersion ipVersion) {
        this.addresses = ipVersion == IpVersion.IPV4 ? "ip" : "ip6";
    }

    /** @return a ruleset as {@code nft list ruleset} prints it */
    static String asNft(String saved, IpVersion ipVersion) {
        String family = ipVersion == IpVersion.IPV4 ? "ip" : "ip6";
        StringBuilder all = new StringBuilder();
        for (String part : saved.split("(?m)^COMMIT\\s*$", -1)) {
            String kind = part.lines()
                    .filter(line -> line.startsWith("*"))
                    .map(line -> line.substring(1).strip())
                    .findFirst()
                    .orElse("");
            if (!kind.isEmpty()) {
                all.append(table(part, kind, family, ipVersion));
            }
        }
        return all.toString();
    }

    private static String table(String part, String kind, String family, IpVersion ipVersion) {
        // Chains of one name in two tables are two.
        String suffix = kind.equals("filter") ? "" : "-" + kind;
        StringBuilder text = new StringBuilder("table " + family + " " + NAME + suffix + " {\n");
        Set<String> names = new TreeSet<>();
        for (String line : part.lines().toList()) {
            if (line.startsWith(":")) {
                names.add(line.substring(1).split(" ", 2)[0]);
            }
        }
        for (String name : names) {
            text.append("chain ").append(name).append(" {\n");
            if (HOOKS.contains(name)) {
                boolean drops = part.lines().anyMatch(line -> line.startsWith(":" + name + " DROP"));
                text.append("type ")
                        .append(kind.equals("nat") ? "nat" : "filter")
                        .append(" hook ")
                        .append(name.toLowerCase(Locale.ROOT))
                        .append(" priority filter; policy ")
                        .append(drops ? "drop" : "accept")
                        .append(";\n");
            }
            IptablesText chain = new IptablesText(ipVersion);
            part.lines()
                    .filter(line -> line.startsWith("-A " + name + " "))
                    .forEach(line -> chain.read(words(line.substring(name.length() + 4))));
            chain.rules.forEach(rule -> text.append(rule).append('\n'));
            text.append("}\n");
        }
        return text.append("}\n").toString();
    }

    /** Parted at spaces, but not within quotes. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ' ' && !quoted) {
                words.add(word.toString());
                word.setLength(0);
            } else {
                word.append(c);
            }
        }
        words.add(word.toString());
        words.removeIf(String::isEmpty);
        return words;
    }

    private void read(List<String> words) {
        StringBuilder rule = new StringBuilder();
        String protocol = "th";
        String negation = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("!")) {
                negation = "!= ";
                continue;
            }
            boolean hasValue = i + 1 < words.size() && !words.get(i + 1).startsWith("-");
            String value = hasValue ? words.get(i + 1) : "";
            if (word.equals("-j") || word.equals("-g")) {
                if (!PASSING.contains(value)) {
                    rules.add(rule + verdict(value, word.equals("-g"), words));
                }
                return;
            }
            protocol = word.equals("-p") && List.of("tcp", "udp").contains(value) ? value : protocol;
            rule.append(condition(word, value, protocol, negation));
            negation = "";
            i += hasValue ? 1 : 0;
        }
    }

    private String condition(String word, String value, String protocol, String negation) {
        return switch (word) {
            // Names of modules, of which those that matter have options.
            case "-m" -> "";
            case "--comment" -> "";
            case "-p" -> "meta l4proto " + negation + value + " ";
            case "-i" -> "iifname " + negation + link(value);
            case "-o" -> "oifname " + negation + link(value);
            case "-s" -> addresses + " saddr " + negation + address(value);
            case "-d" -> addresses + " daddr " + negation + address(value);
            case "--dport", "--dports" -> protocol + " dport " + negation + ports(value);
            case "--sport", "--sports" -> protocol + " sport " + negation + ports(value);
            case "--ctstate", "--state" -> state(value, negation);
            case "--dst-type" -> "fib daddr type " + negation + value.toLowerCase(Locale.ROOT) + " ";
            case "--icmp-type", "--icmpv6-type" -> "icmp type " + negation + value + " ";
            default -> "unknown" + word + " " + negation + value + " ";
        };
    }

    /** One address alone is written with its prefix, which nft leaves out. */
    private String address(String value) {
        String whole = addresses.equals("ip") ? "/32" : "/128";
        return (value.endsWith(whole) ? value.substring(0, value.length() - whole.length()) : value) + " ";
    }

    /** DNAT and SNAT are no states to nft, and a condition that mixes them with states is none that it could print. */
    private static String state(String value, String negation) {
        List<String> states = List.of(value.toLowerCase(Locale.ROOT).split(","));
        if (states.contains("dnat") || states.contains("snat")) {
            return (states.size() == 1 ? "ct status " : "unknown--ctstate ") + negation + String.join(",", states)
                    + " ";
        }
        return "ct state " + negation + "{ " + String.join(", ", states) + " } ";
    }

    private static String link(String name) {
        return "\"" + (name.endsWith("+") ? name.substring(0, name.length() - 1) + "*" : name) + "\" ";
    }

    private static String ports(String value) {
        return "{ " + String.join(", ", Arrays.asList(value.replace(':', '-').split(","))) + " } ";
    }

    private static String verdict(String target, boolean goesTo, List<String> words) {
        return switch (target) {
            case "ACCEPT", "DROP", "REJECT", "RETURN" -> target.toLowerCase(Locale.ROOT);
            case "DNAT" -> "dnat to " + after("--to-destination", words);
            case "REDIRECT" -> "redirect" + (words.contains("--to-ports") ? " to :" + after("--to-ports", words) : "");
            default -> (goesTo ? "goto " : "jump ") + target;
        };
    }

    private static String after(String option, List<String> words) {
        int at = words.indexOf(option);
        return at < 0 || at + 1 >= words.size() ? "" : words.get(at + 1);
    }
}
