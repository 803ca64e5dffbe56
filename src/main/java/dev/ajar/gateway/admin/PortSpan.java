package dev.ajar.gateway.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The external ports of one rule, which may be several ranges.
 *
 * @param ranges at least one, each within 1 to 65535
 */
public record PortSpan(List<Range> ranges) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:\\s*[-:]\\s*(\\d{1,5}))?");
    private static final int HIGHEST = 65535;

    public PortSpan {
        ranges = List.copyOf(ranges);
    }

    /** From {@code first} to {@code last}, both included. */
    public record Range(int first, int last) {}

    /** Reads {@code 80}, {@code 1000-1010}, {@code 1000:1010} and lists of them; empty for anything else. */
    public static Optional<PortSpan> parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            if (!matcher.matches()) {
                return Optional.empty();
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < 1 || last < first || last > HIGHEST) {
                return Optional.empty();
            }
            ranges.add(new Range(first, last));
        }
        return Optional.of(new PortSpan(ranges));
    }

    /** As it is written: {@code 80,1000-1010}. */
    public String text() {
        return String.join(
                ",",
                ranges.stream()
                        .map(range ->
                                range.first() == range.last() ? "" + range.first() : range.first() + "-" + range.last())
                        .toList());
    }

    public boolean contains(int port) {
        return ranges.stream().anyMatch(range -> port >= range.first() && port <= range.last());
    }

    /** The port, where it is a single one. */
    public Optional<Integer> single() {
        Range first = ranges.getFirst();
        return ranges.size() == 1 && first.first() == first.last() ? Optional.of(first.first()) : Optional.empty();
    }
}
