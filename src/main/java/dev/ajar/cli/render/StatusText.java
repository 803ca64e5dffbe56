package dev.ajar.cli.render;

import dev.ajar.mapping.StatusReport;
import dev.ajar.model.Addresses;
import dev.ajar.model.Lease;
import dev.ajar.state.MappingRecord;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What {@code ajar status} says. */
public final class StatusText {
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private StatusText() {}

    public static ExitCode exitCode(StatusReport report) {
        return report.failure().map(ExitCode::of).orElse(ExitCode.DONE);
    }

    /** @param keeper who renews what is open, if anybody does */
    public static void print(Terminal terminal, StatusReport report, ZoneId zone, Optional<String> keeper) {
        PrintWriter out = terminal.out();
        report.gateway().ifPresent(info -> {
            out.println("router            "
                    + Addresses.text(info.id().address())
                    + " on "
                    + info.route().interfaceName()
                    + ", "
                    + info.title());
            out.println("this machine      " + Addresses.text(info.localAddress()));
            out.println("internet address  "
                    + report.externalAddress().map(Addresses::text).orElse("not told by the router")
                    + ", "
                    + OpenText.words(report.reachability()));
        });
        if (report.failure().isEmpty() || !report.mappingRecords().isEmpty()) {
            out.println("opened by ajar    " + (report.mappingRecords().isEmpty() ? "nothing" : ""));
            report.mappingRecords().forEach(mappingRecord -> out.println("  " + line(terminal, mappingRecord, zone)));
            if (!report.mappingRecords().isEmpty()) {
                out.println("renewed by        " + keeper.orElse("nobody (ajar daemon does that)"));
            }
        }
        report.manualRules()
                .forEach(rule -> out.println(
                        "forwarded by hand " + rule.label() + " " + terminal.arrow() + " " + rule.internal()));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
        FailureText.advice(terminal, Advice.of(report.reachability()));
    }

    private static String line(Terminal terminal, MappingRecord mappingRecord, ZoneId zone) {
        String until = mappingRecord
                .lease()
                .map(Lease::expiresAt)
                .map(end -> end.map(moment -> "until " + UNTIL.format(moment.atZone(zone)))
                        .orElse("until closed"))
                .orElse("asked for, but it is not known whether the router did it");
        return mappingRecord.protocol().label()
                + " "
                + mappingRecord.externalPort()
                + " "
                + terminal.arrow()
                + " "
                + mappingRecord.claim().internal()
                + "   "
                + mappingRecord.claim().gateway()
                + ", "
                + until;
    }
}
