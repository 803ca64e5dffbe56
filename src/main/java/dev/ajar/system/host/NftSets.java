package dev.ajar.system.host;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The named sets of an nftables ruleset; and rules that name them, or choose by a map, as plain rules. */
final class NftSets {
    private static final Pattern ELEMENTS = Pattern.compile("elements = \\{([^}]*)\\}");

    /** Nothing but values: neither several in one nor any that end. */
    private static final Pattern PLAIN = Pattern.compile("[\\w.:/,\" *-]*");

    private static final Pattern NAMED = Pattern.compile("@([\\w.-]+)");

    /** Of one condition alone: several in one are written with a point between them. */
    private static final Pattern MAP = Pattern.compile("(.*\\S) vmap \\{ (.*) \\}(?: comment \"[^\"]*\")?");

    private final Map<String, String> values;

    private NftSets(Map<String, String> values) {
        this.values = values;
    }

    static NftSets parse(String text) {
        Map<String, String> values = new HashMap<>();
        String table = "";
        String name = "";
        StringBuilder body = new StringBuilder();
        for (String line : text.lines().map(String::strip).toList()) {
            String[] words = line.split("\\s+");
            if (words[0].equals("table") && words.length > 2) {
                table = words[1] + " " + words[2] + " ";
            } else if (words[0].equals("set") && words.length > 1) {
                name = table + words[1];
                body.setLength(0);
            } else if (line.equals("}") && !name.isEmpty()) {
                Matcher elements = ELEMENTS.matcher(body);
                String found = elements.find() ? elements.group(1).strip() : "";
                if (!body.toString().contains(" . ")
                        && PLAIN.matcher(found).matches()
                        && !found.contains(" timeout ")) {
                    values.put(name, found.isEmpty() ? "{ none }" : "{ " + found + " }");
                }
                name = "";
            } else if (!name.isEmpty()) {
                body.append(line).append(' ');
            }
        }
        return new NftSets(values);
    }

    /** @param table the rule's: its family and name, and a space */
    List<String> expanded(String rule, String table) {
        String named = NAMED.matcher(rule)
                .replaceAll(
                        found -> Matcher.quoteReplacement(values.getOrDefault(table + found.group(1), found.group())));
        Matcher map = MAP.matcher(named);
        if (!map.matches() || map.group(1).contains(" . ")) {
            return List.of(named);
        }
        List<String> rules = new ArrayList<>();
        for (String entry : map.group(2).split(",")) {
            int colon = entry.lastIndexOf(" : ");
            rules.add(
                    colon < 0
                            ? named
                            : map.group(1) + " " + entry.substring(0, colon).strip() + " "
                                    + entry.substring(colon + 3).strip());
        }
        return rules;
    }
}
