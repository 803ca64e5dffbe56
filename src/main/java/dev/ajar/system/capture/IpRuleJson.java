package dev.ajar.system.capture;

import dev.ajar.json.JsonObject;
import dev.ajar.model.IpVersion;
import dev.ajar.system.machine.RouteEntry;
import dev.ajar.system.machine.RoutingRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what {@code ip -j rule} of iproute2 prints. */
final class IpRuleJson {
    private static final Set<String> USUAL = Set.of("priority", "table", "protocol");

    /** The last one is no user's. */
    private static final long LAST_USER = 0xFFFFFFFEL;

    private final JsonObject entry;
    private final Map<String, Object> told;

    /** The words of the rule that addresses do not decide, as {@code ip rule} takes them. */
    private final List<String> words = new ArrayList<>();

    /** The same as words of a question for a route. */
    private final List<String> question = new ArrayList<>();

    private IpRuleJson(JsonObject entry) {
        this.entry = entry;
        this.told = entry.scalars();
    }

    static List<RoutingRule> rules(String text, IpVersion ipVersion) {
        return IpProgramJson.all(text, entry -> Optional.of(new IpRuleJson(entry).rule(ipVersion)));
    }

    private RoutingRule rule(IpVersion ipVersion) {
        List<String> condition = new ArrayList<>();
        told.forEach((name, value) -> {
            if (!USUAL.contains(name) && !(name.equals("src") && value.equals("all"))) {
                condition.add(name + " " + value);
            }
        });
        return new RoutingRule(
                ipVersion,
                entry.optionalNumber("priority").orElse(0L),
                entry.optionalText("table").orElse(""),
                String.join(", ", condition),
                packets());
    }

    /** The program writes {@code not} as a member without a value. */
    private boolean isNegated() {
        return entry.names().contains("not");
    }

    private List<RoutingRule.Packets> packets() {
        entry.optionalText("fwmark").ifPresent(mark -> {
            String mask = entry.optionalText("fwmask").map(text -> "/" + text).orElse("");
            add("fwmark", mark + mask, "mark", mark);
        });
        entry.optionalText("tos").ifPresent(service -> add("tos", service, "tos", service));
        Optional<String> protocol = entry.optionalText("ipproto");
        Optional<String> number = protocol.flatMap(IpRuleJson::protocolNumber);
        if (protocol.isPresent() && number.isEmpty()) {
            // No server here answers by it, and the kernel would refuse the question.
            return List.of();
        }
        number.ifPresent(asked -> add("ipproto", protocol.get(), "ipproto", asked));
        port("sport");
        port("dport");
        Optional<Long> firstUser = entry.optionalNumber("uid_start");
        long lastUser = entry.optionalNumber("uid_end").orElse(LAST_USER);
        String users = firstUser.map(first -> first + "-" + lastUser).orElse("");
        firstUser.ifPresent(first -> add("uidrange", users, "uid", Long.toString(first)));
        if (words.isEmpty()) {
            return List.of();
        }
        boolean excluded = entry.optionalText("fwmark").isPresent() && (isNegated() || isUsualTable());
        List<RoutingRule.Packets> packets = new ArrayList<>();
        packets.add(new RoutingRule.Packets(String.join(" ", words), question, excluded));
        firstUser.flatMap(first -> outside(first, lastUser)).ifPresent(user -> {
            List<String> other = new ArrayList<>(question.subList(0, question.size() - 2));
            other.addAll(List.of("uid", Long.toString(user)));
            packets.add(new RoutingRule.Packets("not uidrange " + users, other, false));
        });
        return packets;
    }

    /** Of TCP and UDP. Without /etc/protocols the program writes a word that it does not read back, so the number is asked. */
    private static Optional<String> protocolNumber(String written) {
        return switch (written) {
            case "tcp", "6", "ipproto-6" -> Optional.of("6");
            case "udp", "17", "ipproto-17" -> Optional.of("17");
            default -> Optional.empty();
        };
    }

    private boolean isUsualTable() {
        return entry.optionalText("table")
                .filter(table -> table.equals(RouteEntry.MAIN) || table.equals("default"))
                .isPresent();
    }

    private void add(String word, String value, String asked, String askedFor) {
        words.addAll(List.of(word, value));
        question.addAll(List.of(asked, askedFor));
    }

    private void port(String name) {
        Optional<Long> first = entry.optionalNumber(name).or(() -> entry.optionalNumber(name + "_start"));
        first.ifPresent(port -> {
            String last = entry.optionalNumber(name + "_end")
                    .map(number -> "-" + number)
                    .orElse("");
            add(name, port + last, name, port.toString());
        });
    }

    /** A user that the rule does not name; ajar's own may be among those it names. */
    private static Optional<Long> outside(long first, long last) {
        return last < LAST_USER ? Optional.of(last + 1) : first > 0 ? Optional.of(first - 1) : Optional.empty();
    }
}
