package dev.ajar.cli.render;

import dev.ajar.mapping.ListReport;
import dev.ajar.mapping.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.stream.Stream;

/** The output of {@code ajar list}. */
public final class ListText {
    private ListText() {}

    public static void print(Terminal terminal, ListReport report) {
        if (report.failure().isPresent()) {
            FailureText.print(terminal, report.failure().get(), report.attempts());
            return;
        }
        List<List<String>> rows = Stream.of(
                        report.entries().stream().map(entry -> row(terminal, entry)),
                        report.unreadable().stream().map(entry -> row(terminal, entry)),
                        report.unlisted().stream().map(mapping -> row(terminal, mapping, report.isGone(mapping))))
                .flatMap(some -> some)
                .toList();
        if (rows.isEmpty()) {
            terminal.out()
                    .println(report.gateway()
                            .map(info -> terminal.text("report.nothing-open-on", "router", info.title()))
                            .orElseGet(() -> terminal.text("report.nothing-open")));
        } else {
            Table.print(terminal.out(), terminal.text("report.list-columns"), rows);
        }
        report.newer().forEach(one -> terminal.out().println(StatusText.newer(terminal, one)));
        report.blind()
                .map(FailureText::line)
                .map(why -> report.entries().isEmpty()
                        ? Message.of("report.only-own", "failure", why)
                        : Message.of("report.may-be-more", "failure", why))
                .ifPresent(sentence -> terminal.err().println(terminal.text(sentence)));
        if (report.entries().stream().anyMatch(ListReport.ListedMapping::isOfAnotherAjar)) {
            terminal.err().println(terminal.text("report.another-ajar"));
        }
        if (report.entries().stream().anyMatch(ListReport.ListedMapping::former)
                || report.unlisted().stream().anyMatch(row -> isFormer(report, row))) {
            terminal.err().println(terminal.text("report.former-address"));
        }
        if (report.unlisted().stream().anyMatch(report::isGone)) {
            terminal.err().println(terminal.text("report.open-again"));
        }
        if (!report.unreadable().isEmpty()) {
            terminal.err().println(terminal.text("report.cannot-be-told"));
        }
    }

    private static boolean isFormer(ListReport report, ReportedMapping mapping) {
        return mapping.status() == ReportedMapping.Status.FORMER_ADDRESS && !report.isGone(mapping);
    }

    private static List<String> row(Terminal terminal, ListReport.ListedMapping entry) {
        ObservedMapping mapping = entry.mapping();
        String port = mapping.externalPort().toString();
        String name = mapping.description().display();
        return List.of(
                entry.mine() ? "*" : "",
                mapping.protocol().label(),
                mapping.isForAnySource()
                        ? port
                        : terminal.text("report.port-from", "port", port, "source", mapping.remoteHost()),
                mapping.internalClient() + ":" + mapping.internalPort(),
                mapping.lease().map(LeaseDuration::text).orElse(""),
                remark(terminal, entry, name));
    }

    private static String remark(Terminal terminal, ListReport.ListedMapping entry, String name) {
        if (entry.former()) {
            return terminal.text("report.to-former-address", "name", name);
        }
        return entry.mapping().enabled() ? name : terminal.text("report.switched-off", "name", name);
    }

    private static List<String> row(Terminal terminal, PartialEntry entry) {
        String unknown = terminal.text("report.unreadable");
        String client = entry.internalClient().display();
        return List.of(
                "?",
                entry.protocol().map(TransportProtocol::label).orElse(unknown),
                entry.externalPort().map(Port::toString).orElse(unknown),
                (client.isEmpty() ? unknown : client)
                        + ":"
                        + entry.internalPort().map(Port::toString).orElse(unknown),
                "",
                terminal.text("report.untold", "name", entry.description().display()));
    }

    private static List<String> row(Terminal terminal, ReportedMapping mapping, boolean gone) {
        return List.of(
                "*",
                mapping.protocol().label(),
                mapping.externalPort().toString(),
                mapping.internal().toString(),
                mapping.duration()
                        .filter(granted -> mapping.status() != ReportedMapping.Status.UNKNOWN)
                        .map(LeaseDuration::text)
                        .orElseGet(() -> terminal.text("report.unknown")),
                name(terminal, mapping, gone));
    }

    /** A firewall has no list of its pinholes, so these come from the state file. */
    private static String name(Terminal terminal, ReportedMapping mapping, boolean gone) {
        String name = mapping.description();
        if (mapping.isPinhole()) {
            return terminal.text("report.pinhole", "name", name);
        }
        if (mapping.status() == ReportedMapping.Status.FORMER_ADDRESS && !gone) {
            return terminal.text("report.to-former-address", "name", name);
        }
        return gone ? terminal.text("report.gone", "name", name) : name;
    }
}
