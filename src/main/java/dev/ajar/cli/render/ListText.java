package dev.ajar.cli.render;

import dev.ajar.mapping.report.ListReport;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.TimeOver;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Durations;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.LocalClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** The output of {@code ajar list}. */
public final class ListText {
    private ListText() {}

    public static void print(Terminal terminal, ListReport report, LocalClock clock) {
        if (report.failure().isPresent()) {
            FailureText.print(terminal, report.failure().get());
            return;
        }
        List<List<String>> rows = Stream.of(
                        PortRuns.sorted(
                                        report.entries(),
                                        ListText::kind,
                                        entry -> entry.mapping().externalPort(),
                                        (one, next) -> isNext(report, one, next))
                                .stream()
                                .map(run -> row(terminal, report, run)),
                        report.unreadable().stream().map(entry -> row(terminal, entry)),
                        runs(report.unlisted(), (one, next) -> isLike(report, one, next)).stream()
                                .map(run -> rowOfRecord(terminal, report, run)))
                .flatMap(some -> some)
                .toList();
        if (rows.isEmpty()) {
            terminal.say(report.gateway()
                    .map(info -> terminal.text("report.nothing-open-on", "router", info.title()))
                    .orElseGet(() -> terminal.text("report.nothing-open")));
        } else {
            Table.print(terminal, terminal.text("report.list-columns"), rows);
        }
        report.newer().forEach(one -> terminal.say(StatusText.newer(terminal, one)));
        report.blind()
                .map(FailureText::line)
                .map(why -> report.entries().isEmpty()
                        ? Message.of("report.only-own", "failure", why)
                        : Message.of("report.may-be-more", "failure", why))
                .ifPresent(sentence -> terminal.tell(terminal.text(sentence)));
        if (report.entries().stream().anyMatch(ListReport.ListedMapping::isOfAnotherAjar)) {
            terminal.tell(terminal.text("report.another-ajar"));
        }
        if (anyFormer(report)) {
            terminal.tell(terminal.text("report.former-address"));
        }
        if (report.unlisted().stream().anyMatch(report::isGone)) {
            terminal.tell(terminal.text("report.open-again"));
        }
        TimeOverText.print(terminal, report.over(), clock);
        if (!report.unreadable().isEmpty()) {
            terminal.tell(terminal.text("report.cannot-be-told"));
        }
    }

    /** Whether what ajar has opened is still there, and leads to this machine. */
    public static boolean isWell(ListReport report) {
        return !anyFormer(report) && report.unlisted().stream().noneMatch(report::isGone);
    }

    private static boolean anyFormer(ListReport report) {
        return report.entries().stream().anyMatch(ListReport.ListedMapping::former)
                || report.unlisted().stream().anyMatch(row -> isFormer(report, row));
    }

    /** Seconds pass while ajar opens a range. */
    private static final Duration SAME_TIME = Duration.ofMinutes(1);

    private static String kind(ListReport.ListedMapping entry) {
        ObservedMapping mapping = entry.mapping();
        return mapping.protocol().label() + " " + mapping.internalClient().display() + " " + nameWithoutPort(entry);
    }

    /** Of the ports that ajar has opened, in the order of the ports. */
    static List<PortRuns.Run<ReportedMapping>> runs(
            List<ReportedMapping> all, BiPredicate<ReportedMapping, ReportedMapping> continues) {
        return PortRuns.sorted(
                all,
                one -> one.protocol().label() + " "
                        + Addresses.text(one.internal().address()) + " " + StatusText.name(one),
                ReportedMapping::externalPort,
                continues);
    }

    private static boolean isNext(ListReport report, ListReport.ListedMapping one, ListReport.ListedMapping next) {
        ObservedMapping before = one.mapping();
        ObservedMapping after = next.mapping();
        return one.mine() == next.mine()
                && one.former() == next.former()
                && before.protocol() == after.protocol()
                && before.enabled() == after.enabled()
                && before.remoteHost().equals(after.remoteHost())
                && before.internalClient().equals(after.internalClient())
                && nameWithoutPort(one).equals(nameWithoutPort(next))
                && isSame(before.lease(), after.lease())
                && isOver(report, one) == isOver(report, next)
                && PortRuns.follows(before.externalPort(), after.externalPort())
                && PortRuns.follows(before.internalPort(), after.internalPort());
    }

    /** The standard name ends in the port. */
    private static String nameWithoutPort(ListReport.ListedMapping entry) {
        return name(entry)
                .replaceFirst("\\b" + entry.mapping().externalPort() + "\\b", "")
                .strip();
    }

    /** What ajar calls it; of other programs' entries, what the router lists. */
    private static String name(ListReport.ListedMapping entry) {
        return entry.name()
                .map(own -> new RouterText(own).display())
                .orElseGet(() -> entry.mapping().description().display());
    }

    private static boolean isSame(Optional<LeaseDuration> one, Optional<LeaseDuration> other) {
        boolean finite = one.filter(LeaseDuration.Finite.class::isInstance).isPresent()
                && other.filter(LeaseDuration.Finite.class::isInstance).isPresent();
        return finite
                ? Math.abs(one.get().seconds() - other.get().seconds()) <= SAME_TIME.toSeconds()
                : one.equals(other);
    }

    private static boolean isLike(ListReport report, ReportedMapping one, ReportedMapping next) {
        return isNext(one, next)
                && report.isGone(one) == report.isGone(next)
                && isOver(report, one) == isOver(report, next)
                && isSame(one.duration(), next.duration());
    }

    /** Whether the second one is of the next port and leads to the next one of the same address. */
    static boolean isNext(ReportedMapping one, ReportedMapping next) {
        return one.protocol() == next.protocol()
                && one.ipVersion() == next.ipVersion()
                && one.status() == next.status()
                && one.from().equals(next.from())
                && StatusText.name(one).equals(StatusText.name(next))
                && one.gateway().equals(next.gateway())
                && one.internal().address().equals(next.internal().address())
                && PortRuns.follows(one.externalPort(), next.externalPort())
                && PortRuns.follows(one.internal().port(), next.internal().port());
    }

    /** Whether it ends when the first one does as well. */
    static boolean isNextAndEndsAlike(ReportedMapping one, ReportedMapping next) {
        boolean timed = one.expiresAt().isPresent() && next.expiresAt().isPresent();
        return isNext(one, next)
                && (timed
                        ? Durations.distance(Duration.between(
                                                one.expiresAt().get(),
                                                next.expiresAt().get()))
                                        .compareTo(SAME_TIME)
                                <= 0
                        : one.expiresAt().equals(next.expiresAt()));
    }

    /** Where a run leads to: {@code 192.168.1.20:50000-50049}. */
    static String place(ReportedMapping first, ReportedMapping last) {
        return first.equals(last)
                ? first.internal().toString()
                : first.internal() + "-" + last.internal().port();
    }

    private static boolean isFormer(ListReport report, ReportedMapping mapping) {
        return mapping.status() == ReportedMapping.Status.FORMER_ADDRESS && !report.isGone(mapping);
    }

    private static List<String> row(Terminal terminal, ListReport report, PortRuns.Run<ListReport.ListedMapping> run) {
        ListReport.ListedMapping entry = run.first();
        ObservedMapping mapping = entry.mapping();
        ObservedMapping last = run.last().mapping();
        String port = Port.range(mapping.externalPort(), last.externalPort());
        return List.of(
                entry.mine() ? "*" : "",
                mapping.protocol().label(),
                mapping.isForAnySource()
                        ? port
                        : terminal.text("report.port-from", "port", port, "source", mapping.remoteHost()),
                mapping.internalClient() + ":" + Port.range(mapping.internalPort(), last.internalPort()),
                isOver(report, entry)
                        ? terminal.text("report.time-over-lease")
                        : mapping.lease().map(LeaseDuration::text).orElse(""),
                remark(terminal, entry, name(entry)));
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

    private static boolean isOver(ListReport report, ListReport.ListedMapping entry) {
        return entry.mine()
                && isOver(report, entry.mapping().protocol(), entry.mapping().externalPort());
    }

    private static boolean isOver(ListReport report, ReportedMapping mapping) {
        return isOver(report, mapping.protocol(), mapping.externalPort());
    }

    private static boolean isOver(ListReport report, TransportProtocol protocol, Port port) {
        return TimeOver.of(report.over(), protocol.label(port)).findFirst().isPresent();
    }

    private static List<String> rowOfRecord(Terminal terminal, ListReport report, PortRuns.Run<ReportedMapping> run) {
        ReportedMapping mapping = run.first();
        boolean gone = report.isGone(mapping);
        return List.of(
                "*",
                mapping.protocol().label(),
                Port.range(mapping.externalPort(), run.last().externalPort()),
                place(mapping, run.last()),
                isOver(report, mapping)
                        ? terminal.text("report.time-over-lease")
                        : mapping.duration()
                                .filter(granted -> mapping.status() != ReportedMapping.Status.UNKNOWN
                                        && mapping.status() != ReportedMapping.Status.UNCHECKED)
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
        if (mapping.status() == ReportedMapping.Status.UNCHECKED && !gone) {
            return terminal.text("report.untold", "name", name);
        }
        return gone ? terminal.text("report.gone", "name", name) : name;
    }
}
