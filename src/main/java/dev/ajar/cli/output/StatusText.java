package dev.ajar.cli.output;

import dev.ajar.manager.StatusReport;
import dev.ajar.model.Addresses;
import dev.ajar.model.Lease;
import dev.ajar.state.Holding;
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
        if (report.failure().isEmpty() || !report.holdings().isEmpty()) {
            out.println("opened by ajar    " + (report.holdings().isEmpty() ? "nothing" : ""));
            report.holdings().forEach(holding -> out.println("  " + line(terminal, holding, zone)));
            if (!report.holdings().isEmpty()) {
                out.println("renewed by        " + keeper.orElse("nobody (ajar daemon does that)"));
            }
        }
        report.handMade()
                .forEach(rule -> out.println(
                        "forwarded by hand " + rule.label() + " " + terminal.arrow() + " " + rule.internal()));
        report.failure().ifPresent(failure -> Troubles.print(terminal, failure, report.attempts()));
        Troubles.advice(terminal, Advice.of(report.reachability()));
    }

    private static String line(Terminal terminal, Holding holding, ZoneId zone) {
        String until = holding.lease()
                .map(Lease::expiresAt)
                .map(end -> end.map(moment -> "until " + UNTIL.format(moment.atZone(zone)))
                        .orElse("until closed"))
                .orElse("asked for, but it is not known whether the router did it");
        return holding.protocol().label()
                + " "
                + holding.externalPort()
                + " "
                + terminal.arrow()
                + " "
                + holding.claim().internal()
                + "   "
                + holding.claim().gateway()
                + ", "
                + until;
    }
}
