package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.mapping.NewerMapping;
import dev.ajar.mapping.ReportedMapping;
import dev.ajar.mapping.StatusReport;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.EntryName;
import dev.ajar.model.GatewayId;
import dev.ajar.model.InternetSide;
import dev.ajar.model.RouterText;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The output of {@code ajar status}. */
public final class StatusText {
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private StatusText() {}

    /** @param keeper the process that renews what is open; empty where none does */
    public static void print(Terminal terminal, StatusReport report, ZoneId zone, Optional<Message> keeper) {
        PrintWriter out = terminal.out();
        report.gateway().ifPresent(info -> {
            String router = Addresses.text(info.id().address());
            String card = info.route().interfaceName();
            out.println(terminal.text("report.router", "address", router, "interface", card, "title", info.title()));
            out.println(terminal.text("report.machine", "address", Addresses.text(info.localAddress())));
            Object address = report.externalAddress()
                    .<Object>map(Addresses::text)
                    .orElseGet(() -> Message.of("report.address-not-told"));
            out.println(terminal.text("report.internet-address", "address", address, "kind", kind(report.side())));
        });
        if (!report.mappings().isEmpty()) {
            out.println(terminal.text("report.opened"));
            report.mappings().forEach(mapping -> out.println("  " + line(terminal, mapping, zone)));
            out.println(terminal.text("report.renewed-by", "keeper", keeper(keeper)));
        } else if (report.failure().isEmpty()) {
            out.println(terminal.text("report.opened-nothing"));
        }
        report.manualRules()
                .forEach(rule -> out.println(terminal.text(
                        "report.by-hand",
                        "port",
                        rule.label(),
                        "arrow",
                        terminal.arrow(),
                        "internal",
                        rule.internal())));
        report.newer().forEach(one -> out.println(newer(terminal, one)));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
        FailureText.advice(terminal, advice(report));
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

    private static String line(Terminal terminal, ReportedMapping mapping, ZoneId zone) {
        return mapping.label() + " " + terminal.arrow() + " " + mapping.internal() + "   "
                + terminal.text(remark(mapping, zone)) + name(mapping);
    }

    /** A name that the user or a container gave it. */
    private static String name(ReportedMapping mapping) {
        String name = new RouterText(mapping.description()).display();
        return name.isEmpty() || EntryName.isStandard(name) ? "" : "   " + name;
    }

    private static Message remark(ReportedMapping mapping, ZoneId zone) {
        String gateway = mapping.gateway().map(GatewayId::toString).orElse("");
        if (mapping.status() == ReportedMapping.Status.UNKNOWN) {
            return Message.of("report.unanswered", "gateway", gateway);
        }
        if (mapping.status() == ReportedMapping.Status.GONE) {
            return Message.of("report.lost", "gateway", gateway);
        }
        return mapping.expiresAt()
                .map(end -> UNTIL.format(end.atZone(zone)))
                .map(time -> Message.of("report.until", "gateway", gateway, "time", time))
                .orElseGet(() -> Message.of("report.until-closed", "gateway", gateway));
    }
}
