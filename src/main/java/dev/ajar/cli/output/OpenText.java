package dev.ajar.cli.output;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.manager.OpenReport;
import dev.ajar.model.Failure;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;

import java.net.InetAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code ajar open} says. */
public final class OpenText {
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private OpenText() {}

    public static ExitCode exitCode(OpenReport report) {
        if (report.failure().isPresent()) {
            return ExitCode.of(report.failure().get());
        }
        ExitCode opened = ExitCode.of(failures(report), report.outcomes().size());
        return opened == ExitCode.DONE ? ExitCode.of(report.reachability()) : opened;
    }

    static List<Failure> failures(OpenReport report) {
        return report.outcomes().stream()
                .flatMap(
                        outcome ->
                                outcome.result() instanceof Result.Err<Grant>(Failure failure)
                                        ? Stream.of(failure)
                                        : Stream.empty())
                .toList();
    }

    /** The failure the exit code stands for; empty when something was opened. */
    static Optional<Failure> overallFailure(OpenReport report) {
        List<Failure> failures = failures(report);
        boolean all = !failures.isEmpty() && failures.size() == report.outcomes().size();
        Optional<Failure> first = all ? Optional.of(failures.getFirst()) : Optional.empty();
        return report.failure().or(() -> first).or(() -> unreachable(report));
    }

    private static Optional<Failure> unreachable(OpenReport report) {
        boolean anyOpen = failures(report).size() < report.outcomes().size();
        return switch (report.reachability()) {
            case PUBLIC, UNKNOWN -> Optional.empty();
            case PRIVATE, CARRIER_GRADE ->
                    anyOpen
                            ? Optional.of(
                                    new Failure.SecondNat(
                                            "the port is open on the router, but its internet address "
                                                    + shown(report.externalAddress())
                                                    + " cannot be reached from the internet",
                                            Optional.empty()))
                            : Optional.empty();
        };
    }

    /** @param keeper who renews what was opened, if anybody does */
    public static void print(
            Terminal terminal,
            OpenReport report,
            boolean quiet,
            Optional<String> keeper,
            ZoneId zone) {
        for (OpenReport.Outcome outcome : report.outcomes()) {
            switch (outcome.result()) {
                case Result.Ok<Grant>(Grant grant) -> {
                    if (!quiet) {
                        terminal.out().println(line(terminal, report, outcome.gateway(), grant));
                    }
                }
                case Result.Err<Grant>(Failure failure) -> {
                    terminal.err()
                            .println(
                                    terminal.bad("failed")
                                            + "  "
                                            + outcome.mapping().label()
                                            + ": "
                                            + Troubles.line(failure)
                                            + ".");
                }
            }
        }
        notes(terminal, report, quiet);
        if (!quiet && keeper.isEmpty()) {
            soonestEnd(report)
                    .ifPresent(
                            end ->
                                    terminal.err()
                                            .println(
                                                    "Nobody renews it: it closes at "
                                                            + AT.format(end.atZone(zone))
                                                            + ". To keep it open: ajar daemon, or ajar renew from cron."));
        }
        report.outcomes().stream()
                .flatMap(outcome -> advice(outcome).stream())
                .distinct()
                .forEach(advice -> Troubles.advice(terminal, advice));
        report.failure().ifPresent(failure -> Troubles.print(terminal, failure, report.attempts()));
    }

    private static Optional<Instant> soonestEnd(OpenReport report) {
        return report.outcomes().stream()
                .flatMap(outcome -> outcome.result().toOptional().stream())
                .flatMap(
                        grant ->
                                grant instanceof Grant.Granted(Lease lease, var lessons)
                                        ? lease.expiresAt().stream()
                                        : Stream.<Instant>empty())
                .min(Comparator.naturalOrder());
    }

    private static Optional<List<String>> advice(OpenReport.Outcome outcome) {
        return outcome.result() instanceof Result.Err<Grant>(Failure failure)
                ? Optional.of(Advice.of(failure, outcome.mapping()))
                : Optional.empty();
    }

    private static String line(
            Terminal terminal, OpenReport report, GatewayInfo gateway, Grant grant) {
        String address = shown(report.externalAddress());
        return switch (grant) {
            case Grant.Granted(Lease lease, var lessons) ->
                    terminal.good("open")
                            + "  "
                            + lease.protocol().label()
                            + " "
                            + address
                            + ":"
                            + lease.externalPort()
                            + " "
                            + terminal.arrow()
                            + " "
                            + lease.internal()
                            + "   "
                            + terminal.faint(gateway.title() + ", " + lease(lease.granted()));
            case Grant.AlreadyThere(ObservedMapping entry) ->
                    terminal.good("open")
                            + "  "
                            + entry.protocol().label()
                            + " "
                            + address
                            + ":"
                            + entry.externalPort()
                            + " "
                            + terminal.arrow()
                            + " "
                            + entry.internalClient()
                            + ":"
                            + entry.internalPort()
                            + "   "
                            + terminal.faint(
                                    gateway.title()
                                            + ", was open already: "
                                            + (entry.description().isBlank()
                                                    ? "not by ajar"
                                                    : entry.description().display()));
        };
    }

    private static String shown(Optional<InetAddress> address) {
        return address.map(InetAddress::getHostAddress).orElse("(address unknown)");
    }

    private static String lease(LeaseDuration lease) {
        return switch (lease) {
            case LeaseDuration.Finite finite -> "lease " + finite.text();
            case LeaseDuration.Permanent ignored -> "until closed";
        };
    }

    private static void notes(Terminal terminal, OpenReport report, boolean quiet) {
        boolean anyOpen = failures(report).size() < report.outcomes().size();
        if (anyOpen && ExitCode.of(report.reachability()) == ExitCode.NOT_REACHABLE) {
            terminal.err()
                    .println(terminal.bad("ajar: ") + "open, but not reachable from the internet.");
            Troubles.advice(terminal, Advice.of(report.reachability()));
        }
        if (!quiet && report.outcomes().stream().anyMatch(OpenText::isUnverified)) {
            terminal.err()
                    .println(
                            "The router said yes but does not show its list, so ajar could not check it.");
        }
        if (!quiet && report.outcomes().stream().anyMatch(OpenText::isPermanentUnasked)) {
            terminal.err()
                    .println(
                            "This router keeps ports open until they are closed: run ajar close PORT when you are done.");
        }
    }

    private static boolean isUnverified(OpenReport.Outcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var lessons))
                && !lease.verified();
    }

    private static boolean isPermanentUnasked(OpenReport.Outcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var lessons))
                && lease.granted() instanceof LeaseDuration.Permanent
                && outcome.mapping().lease() instanceof LeaseDuration.Finite;
    }

    static String words(Reachability reachability) {
        return switch (reachability) {
            case PUBLIC -> "public: the internet can reach it";
            case PRIVATE -> "private: there is another router in front of this one";
            case CARRIER_GRADE -> "shared by the provider among customers (carrier-grade NAT)";
            case UNKNOWN -> "unknown";
        };
    }
}
