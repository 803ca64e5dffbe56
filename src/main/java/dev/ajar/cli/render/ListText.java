package dev.ajar.cli.render;

import dev.ajar.mapping.ListReport;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.state.MappingRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code ajar list} says. */
public final class ListText {
    private ListText() {}

    public static void print(Terminal terminal, ListReport report) {
        if (report.failure().isPresent()) {
            FailureText.print(terminal, report.failure().get(), report.attempts());
            return;
        }
        Table table = new Table("", "PROTOCOL", "EXTERNAL", "GOES TO", "LEASE", "NAME");
        report.entries().forEach(entry -> table.add(row(entry)));
        boolean whole = report.blind().isEmpty();
        report.mappingRecords().forEach(mappingRecord -> table.add(row(mappingRecord, whole)));
        if (table.isEmpty()) {
            terminal.out()
                    .println("No ports are open on "
                            + report.gateway().map(info -> info.title()).orElse("the router")
                            + ".");
        } else {
            table.lines().forEach(terminal.out()::println);
        }
        report.blind()
                .ifPresent(why -> terminal.err()
                        .println((report.entries().isEmpty()
                                        ? "Only ajar's own ports are shown: "
                                        : "There may be more: ")
                                + FailureText.line(why)
                                + "."));
        boolean missing = report.blind().isEmpty()
                && report.mappingRecords().stream().anyMatch(mappingRecord -> !mappingRecord.isPinhole());
        if (missing) {
            terminal.err()
                    .println(
                            "Ports marked \"gone\" were opened by ajar, but the router has dropped them; open them again.");
        }
    }

    private static List<String> row(ListReport.ListedMapping entry) {
        ObservedMapping mapping = entry.mapping();
        return List.of(
                entry.mine() ? "*" : "",
                mapping.protocol().label(),
                mapping.externalPort().toString() + from(mapping),
                mapping.internalClient() + ":" + mapping.internalPort(),
                mapping.lease().map(LeaseDuration::text).orElse(""),
                mapping.description().display() + (mapping.enabled() ? "" : " (switched off)"));
    }

    private static String from(ObservedMapping mapping) {
        return mapping.isForAnySource() ? "" : " from " + mapping.remoteHost();
    }

    private static List<String> row(MappingRecord mappingRecord, boolean gone) {
        Optional<Lease> lease = mappingRecord.lease();
        return List.of(
                "*",
                mappingRecord.protocol().label(),
                mappingRecord.externalPort().toString(),
                mappingRecord.claim().internal().toString(),
                lease.map(granted -> granted.granted().text()).orElse("unknown"),
                mappingRecord.claim().mapping().description() + remark(mappingRecord, gone));
    }

    /** No firewall shows a list of its openings; there ajar's notes have to do. */
    private static String remark(MappingRecord mappingRecord, boolean gone) {
        if (mappingRecord.isPinhole()) {
            return " (IPv6, from ajar's notes)";
        }
        return gone ? " (gone)" : "";
    }

    /** Columns as wide as they need to be. */
    static final class Table {
        private final List<List<String>> rows = new ArrayList<>();

        Table(String... headings) {
            rows.add(List.of(headings));
        }

        void add(List<String> row) {
            rows.add(row);
        }

        boolean isEmpty() {
            return rows.size() == 1;
        }

        List<String> lines() {
            int columns = rows.getFirst().size();
            int[] widths = new int[columns];
            rows.forEach(row -> {
                for (int i = 0; i < columns; i++) {
                    widths[i] = Math.max(widths[i], row.get(i).length());
                }
            });
            return rows.stream().map(row -> line(row, widths)).toList();
        }

        private static String line(List<String> row, int[] widths) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            return line.toString().stripTrailing();
        }
    }
}
