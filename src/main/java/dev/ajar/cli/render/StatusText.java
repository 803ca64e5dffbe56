package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.mapping.report.NewerMapping;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.EntryName;
import dev.ajar.model.GatewayId;
import dev.ajar.model.InternetSide;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.system.LocalClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The output of {@code ajar status}. */
public final class StatusText {
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private StatusText() {}

    /** @param keeper the process that renews what is open; empty where none does */
    public static void print(Terminal terminal, StatusReport report, LocalClock clock, Optional<Message> keeper) {
        report.gateway().ifPresent(info -> {
            String router = Addresses.text(info.id().address());
            String card = info.route().interfaceName();
            terminal.say(terminal.text("report.router", "address", router, "interface", card, "title", info.title()));
            terminal.say(terminal.text("report.machine", "address", Addresses.text(info.localAddress())));
            Object address = report.externalAddress()
                    .<Object>map(Addresses::text)
                    .orElseGet(() -> Message.of("report.address-not-told"));
            terminal.say(terminal.text("report.internet-address", "address", address, "kind", kind(report.side())));
        });
        if (!report.mappings().isEmpty()) {
            terminal.say(terminal.text("report.opened"));
            ListText.runs(report.mappings(), ListText::isNextAndEndsAlike)
                    .forEach(run -> terminal.say("  " + line(terminal, run, clock)));
            terminal.say(terminal.text("report.renewed-by", "keeper", keeper(keeper)));
            TimeOverText.print(terminal, report.over(), clock);
            if (report.mappings().stream()
                    .anyMatch(mapping -> mapping.status() == ReportedMapping.Status.FORMER_ADDRESS)) {
                terminal.tell(terminal.text("report.former-address"));
            }
        } else if (report.failure().isEmpty()) {
            terminal.say(terminal.text("report.opened-nothing"));
        }
        report.manualRules()
                .forEach(rule -> terminal.say(terminal.text(
                        "report.by-hand",
                        "port",
                        rule.label(),
                        "arrow",
                        terminal.arrow(),
                        "internal",
                        rule.internal())));
        report.newer().forEach(one -> terminal.say(newer(terminal, one)));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure));
        FailureText.advice(terminal, advice(report));
    }

    /** Whether each port is open and leads to this machine, and the internet reaches the router. */
    public static boolean isWell(StatusReport report) {
        return advice(report).isEmpty()
                && report.mappings().stream()
                        .map(ReportedMapping::status)
                        .noneMatch(status -> status == ReportedMapping.Status.GONE
                                || status == ReportedMapping.Status.FORMER_ADDRESS);
    }

    /** Where on this machine ajar keeps what. */
    public static void places(Terminal terminal, Optional<Path> state, Optional<Path> configuration) {
        state.ifPresent(folder -> terminal.say(terminal.text("report.state-place", "file", folder)));
        configuration.ifPresent(file -> terminal.say(
                Files.exists(file)
                        ? terminal.text("report.config-place", "file", file)
                        : terminal.text("report.config-place-empty", "file", file)));
    }

    static String newer(Terminal terminal, NewerMapping one) {
        return terminal.text(
                "report.newer",
                "mapping",
                new RouterText(one.label()).display(),
                "protocol",
                new RouterText(one.method()).display());
    }

    private static Object keeper(Optional<Message> keeper) {
        return keeper.<Object>map(name -> name).orElseGet(() -> Message.of("report.no-keeper"));
    }

    static Message kind(InternetSide side) {
        return switch (side.kind()) {
            case PUBLIC -> Message.of("report.public");
            case SECOND_ROUTER -> Message.of("report.second-router");
            case SECOND_ROUTER_OR_PROVIDER -> Message.of("report.second-router-or-provider");
            case CARRIER_GRADE_NAT -> Message.of("report.carrier-grade-nat");
            case DS_LITE -> Message.of("report.ds-lite");
            case LINE_DOWN -> Message.of("report.line-down");
            case NO_ADDRESS -> Message.of("report.no-address");
            case UNKNOWN -> Message.of("report.unknown");
        };
    }

    private static List<Message> advice(StatusReport report) {
        List<Message> all = new ArrayList<>(Advice.of(report.side()));
        boolean overIpv6 = report.mappings().stream()
                .anyMatch(one -> one.isPinhole() && one.status() == ReportedMapping.Status.OPEN);
        if (!all.isEmpty() && overIpv6) {
            all.addFirst(Message.of("internet.over-ipv6"));
        }
        return all;
    }

    private static String line(Terminal terminal, PortRuns.Run<ReportedMapping> run, LocalClock clock) {
        ReportedMapping mapping = run.first();
        String name = name(mapping);
        return mapping.protocol().label() + " "
                + Port.range(mapping.externalPort(), run.last().externalPort()) + " " + terminal.arrow() + " "
                + ListText.place(run.first(), run.last()) + "   " + terminal.text(remark(mapping, clock))
                + (name.isEmpty() ? "" : "   " + name);
    }

    /** A name that the user or a container gave it; empty for a standard one. */
    static String name(ReportedMapping mapping) {
        String name = new RouterText(mapping.description()).display();
        return EntryName.isStandard(name) ? "" : name;
    }

    private static Message remark(ReportedMapping mapping, LocalClock clock) {
        String gateway = mapping.gateway().map(GatewayId::toString).orElse("");
        if (mapping.status() == ReportedMapping.Status.UNKNOWN) {
            return Message.of("report.unanswered", "gateway", gateway);
        }
        if (mapping.status() == ReportedMapping.Status.UNCHECKED) {
            return Message.of("report.unchecked", "gateway", gateway);
        }
        if (mapping.status() == ReportedMapping.Status.GONE) {
            return Message.of("report.lost", "gateway", gateway);
        }
        boolean former = mapping.status() == ReportedMapping.Status.FORMER_ADDRESS;
        return mapping.expiresAt()
                .map(end -> UNTIL.format(clock.at(end)))
                .map(time ->
                        Message.of(former ? "report.former-until" : "report.until", "gateway", gateway, "time", time))
                .orElseGet(() ->
                        Message.of(former ? "report.former-until-closed" : "report.until-closed", "gateway", gateway));
    }
}
