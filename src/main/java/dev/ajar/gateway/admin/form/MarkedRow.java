package dev.ajar.gateway.admin.form;

import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.RuleRequest;
import dev.ajar.model.Addresses;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One row of a list that is a single text: {@code <} before each row and {@code >} between its fields, which are the
 * name, the external ports, the address, the internal port, the protocol and, in newer firmware, the source. Pure.
 *
 * @param text the row without its first sign, as it was read: a row of another goes back like this
 */
record MarkedRow(String text) {
    static final int FEWEST_FIELDS = 5;
    static final int MOST_FIELDS = 6;

    private static final int NAME = 0;
    private static final int EXTERNAL = 1;
    private static final int CLIENT = 2;
    private static final int INTERNAL = 3;
    private static final int PROTOCOL = 4;
    private static final int SOURCE = 5;

    /** In the answers to hooks the two signs are written like this. */
    private static final String BEGIN = "&#60";

    private static final String BETWEEN = "&#62";

    /**
     * The rows of a list.
     *
     * @param listed as a hook answers
     * @return empty where any sign of the text is not known for certain, so that it could not be written back as it was
     */
    static Optional<List<MarkedRow>> all(String listed) {
        String plain = listed.replace(BEGIN, "<").replace(BETWEEN, ">");
        boolean certain = plain.indexOf('&') < 0 && plain.chars().noneMatch(c -> c < ' ' || c == 0xfffd);
        if (!certain || !(plain.isEmpty() || plain.startsWith("<"))) {
            return Optional.empty();
        }
        List<MarkedRow> rows = new ArrayList<>();
        if (!plain.isEmpty()) {
            for (String row : plain.substring(1).split("<", -1)) {
                rows.add(new MarkedRow(row));
            }
        }
        return Optional.of(rows);
    }

    /** The text that is written for these rows. */
    static String text(List<MarkedRow> rows) {
        StringBuilder all = new StringBuilder();
        rows.forEach(row -> all.append('<').append(row.text()));
        return all.toString();
    }

    /** @param fields how many the rows of this router have */
    static MarkedRow of(RuleRequest request, int fields) {
        String row = String.join(
                ">",
                request.name(),
                request.external().toString(),
                Addresses.text(request.internal().address()),
                request.internal().port().toString(),
                request.protocol().label().toUpperCase(Locale.ROOT));
        String source = request.source().map(Subnet::text).orElse("");
        return new MarkedRow(fields > SOURCE ? row + ">" + source : row);
    }

    /** Some programs end each row with the sign that stands between fields. */
    private List<String> fields() {
        List<String> fields = List.of(text.split(">", -1));
        boolean ended = fields.size() == MOST_FIELDS + 1 && fields.getLast().isEmpty();
        return ended ? fields.subList(0, MOST_FIELDS) : fields;
    }

    int count() {
        return fields().size();
    }

    /** Whether it forwards no port, but another protocol of IP as a whole. */
    boolean isOtherProtocol() {
        return count() >= FEWEST_FIELDS && fields().get(PROTOCOL).equalsIgnoreCase("OTHER");
    }

    /** @return empty where it cannot be read */
    Optional<RouterRule> rule(int place, boolean enabled) {
        List<String> fields = fields();
        if (fields.size() < FEWEST_FIELDS || fields.size() > MOST_FIELDS) {
            return Optional.empty();
        }
        Optional<PortSpan> external = PortSpan.parse(fields.get(EXTERNAL));
        Set<TransportProtocol> protocols = protocols(fields.get(PROTOCOL));
        if (external.isEmpty() || protocols.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new RouterRule(
                Integer.toString(place),
                protocols,
                external.get(),
                new RouterText(fields.get(CLIENT)),
                PortSpan.parse(fields.get(INTERNAL)),
                new RouterText(fields.size() > SOURCE ? fields.get(SOURCE) : ""),
                new RouterText(fields.get(NAME)),
                enabled));
    }

    private static Set<TransportProtocol> protocols(String text) {
        Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
        for (TransportProtocol one : TransportProtocol.values()) {
            if (text.equalsIgnoreCase(one.label()) || text.equalsIgnoreCase("BOTH")) {
                found.add(one);
            }
        }
        return found;
    }
}
