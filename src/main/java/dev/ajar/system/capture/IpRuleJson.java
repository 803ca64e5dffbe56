package dev.ajar.system.capture;

import dev.ajar.json.JsonObject;
import dev.ajar.model.IpVersion;
import dev.ajar.model.TransportProtocol;
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

    private static final String TCP = "6";

    private static final int HIGHEST_PORT = 65_535;

    /** Programs that connect get one from here on (RFC 6056). */
    private static final int LOWEST_OF_FRIENDS = 1024;

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
        // A server may be bound to a link.
        entry.optionalText("oif").ifPresent(name -> add("oif", name, "oif", name));
        Optional<Long> firstUser = entry.optionalNumber("uid_start");
        long lastUser = entry.optionalNumber("uid_end").orElse(LAST_USER);
        String users = firstUser.map(first -> first + "-" + lastUser).orElse("");
        firstUser.ifPresent(first -> add("uidrange", users, "uid", Long.toString(first)));
        Optional<Range> friends = range("dport");
        friends.ifPresent(range -> add("dport", range.text(), "dport", Long.toString(range.first())));
        boolean otherwise = !words.isEmpty();
        Optional<String> protocol = entry.optionalText("ipproto");
        Optional<String> number = protocol.flatMap(IpRuleJson::protocolNumber);
        number.ifPresent(asked -> add("ipproto", protocol.get(), "ipproto", asked));
        Optional<Range> own = range("sport");
        own.ifPresent(range -> add("sport", range.text(), "sport", Long.toString(range.first())));
        // No server here answers by another protocol, and the kernel would refuse the question; no friend asks from a
        // low
        // port.
        boolean never = (protocol.isPresent() && number.isEmpty())
                || friends.filter(range -> range.last() < LOWEST_OF_FRIENDS).isPresent();
        if (words.isEmpty() || never) {
            return List.of();
        }
        RoutingRule.Packets met = new RoutingRule.Packets(
                String.join(" ", words),
                question,
                entry.optionalText("fwmark").isPresent() && (isNegated() || isUsualTable()),
                number.map(text -> text.equals(TCP) ? TransportProtocol.TCP : TransportProtocol.UDP),
                own.map(range -> (int) range.first()).orElse(0),
                own.map(range -> (int) range.last()).orElse(HIGHEST_PORT),
                otherwise);
        return firstUser
                .flatMap(first -> outside(first, lastUser))
                .map(user -> List.of(met, ofOtherUser(user, users)))
                .orElse(List.of(met));
    }

    private RoutingRule.Packets ofOtherUser(long user, String users) {
        List<String> other = new ArrayList<>(question);
        other.set(other.indexOf("uid") + 1, Long.toString(user));
        return new RoutingRule.Packets("not uidrange " + users, other, false);
    }

    private record Range(long first, long last) {
        String text() {
            return first == last ? Long.toString(first) : first + "-" + last;
        }
    }

    private Optional<Range> range(String name) {
        return entry.optionalNumber(name)
                .or(() -> entry.optionalNumber(name + "_start"))
                .map(first ->
                        new Range(first, entry.optionalNumber(name + "_end").orElse(first)));
    }

    /**
     * Of TCP and UDP. Without /etc/protocols the program writes a word that it does not read back, so the number is
     * asked.
     */
    private static Optional<String> protocolNumber(String written) {
        return switch (written) {
            case "tcp", "6", "ipproto-6" -> Optional.of(TCP);
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

    /** A user that the rule does not name; ajar's own may be among those it names. */
    private static Optional<Long> outside(long first, long last) {
        return last < LAST_USER ? Optional.of(last + 1) : first > 0 ? Optional.of(first - 1) : Optional.empty();
    }
}
