package dev.ajar.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Masks what differs between runs: ports chosen by the system, random marks and nonces, folders, process ids. */
final class Masks {
    /** The ephemeral and dynamic ports; no scene names a port of this range. */
    private static final int FIRST_CHOSEN = 49152;

    private static final Pattern CHOSEN =
            Pattern.compile("(?<![\\d.])(49[2-9]\\d\\d|491[6-9]\\d|4915[2-9]|5\\d{4}|6[0-5]\\d{3})(?!\\d|\\.\\d)");
    private static final Pattern MARK = Pattern.compile("(ajar \\d+ (?:tcp|udp)) [a-z0-9]{1,4}(?![a-z0-9])");
    private static final Pattern PROCESS = Pattern.compile("\\bpid \\d+");
    private static final Map<String, String> MEMBERS = Map.of(
            "mark", "<mark>",
            "pid", "<pid>",
            "process", "<pid>",
            "started", "<started>",
            "crc32", "<crc32>");
    private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]*");
    private static final int MAP = 60;

    /** Asks whether a server speaks PCP, by deleting a mapping of port 1, which no client has. */
    private static final Pattern TRIAL = Pattern.compile("0201000000000000.{32}.{24}0600000000010000.*");

    private static final String ATTEMPT = "  lo  ";

    private final Path home;
    private final List<String> nonces = new ArrayList<>();

    /** @param home the folder of the scene */
    Masks(Path home) {
        this.home = home;
    }

    String text(String text) {
        String plain = text.replace(home.toString(), "<home>");
        plain = MARK.matcher(plain).replaceAll("$1 <mark>");
        plain = PROCESS.matcher(plain).replaceAll("<pid>");
        for (int i = 0; i < nonces.size(); i++) {
            plain = plain.replace(nonces.get(i), "<nonce" + i + ">");
        }
        return CHOSEN.matcher(plain).replaceAll("<port>");
    }

    JsonNode json(JsonNode node) {
        JsonNodeFactory made = JsonNodeFactory.instance;
        if (node.isObject()) {
            ObjectNode object = made.objectNode();
            node.properties().forEach(member -> {
                String mask = MEMBERS.get(member.getKey());
                object.set(
                        text(member.getKey()),
                        mask != null && member.getValue().isValueNode()
                                ? made.stringNode(mask)
                                : sorted(member.getKey(), json(member.getValue())));
            });
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = made.arrayNode();
            node.forEach(element -> array.add(json(element)));
            return array;
        }
        if (node.isString()) {
            return made.stringNode(text(node.asString()));
        }
        String masked = text(node.toString());
        return masked.equals(node.toString()) ? node : made.stringNode(masked);
    }

    /** Questions that were asked at the same time are listed in the order of their answers. */
    private static JsonNode sorted(String member, JsonNode node) {
        if (!member.equals("attempts") || !node.isArray()) {
            return node;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        node.valueStream().sorted(Comparator.comparing(JsonNode::toString)).forEach(array::add);
        return array;
    }

    /** The same for lines of text: an attempt begins with the interface. */
    List<String> lines(String text) {
        List<String> lines = new ArrayList<>(text.lines().map(this::text).toList());
        int from = 0;
        for (int i = 0; i <= lines.size(); i++) {
            if (i == lines.size() || !lines.get(i).startsWith(ATTEMPT)) {
                lines.subList(from, i).sort(Comparator.naturalOrder());
                from = i + 1;
            }
        }
        return lines;
    }

    /** A NAT-PMP or PCP request in hexadecimal. The nonces of a scene are numbered, so that their reuse shows. */
    String datagram(String hex) {
        if (!HEXADECIMAL.matcher(hex).matches() || hex.length() < 4) {
            return hex;
        }
        boolean pcp = hex.startsWith("02");
        boolean mapping = !hex.startsWith("00", 2);
        if (!mapping) {
            return hex;
        }
        if (isTrial(hex)) {
            return hex.substring(0, 48) + "<nonce>" + hex.substring(72);
        }
        if (pcp && hex.length() >= 2 * MAP) {
            String nonce = hex.substring(48, 72);
            if (!nonces.contains(nonce)) {
                nonces.add(nonce);
            }
            return hex.substring(0, 48)
                    + "<nonce"
                    + nonces.indexOf(nonce)
                    + ">"
                    + hex.substring(72, 80)
                    + port(hex.substring(80, 84))
                    + port(hex.substring(84, 88))
                    + hex.substring(88);
        }
        return pcp || hex.length() < 24
                ? hex
                : hex.substring(0, 8) + port(hex.substring(8, 12)) + port(hex.substring(12, 16)) + hex.substring(16);
    }

    static boolean isTrial(String hex) {
        return TRIAL.matcher(hex).matches();
    }

    private static String port(String hex) {
        return Integer.parseInt(hex, 16) >= FIRST_CHOSEN ? "<port>" : hex;
    }
}
