package dev.ajar.cli.render;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.mapping.OpenReport;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
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

    /** @param keeper who renews what was opened, if anybody does */
    public static void print(
            Terminal terminal, OpenReport report, boolean quiet, Optional<String> keeper, ZoneId zone) {
        for (OpenReport.PortOutcome outcome : report.outcomes()) {
            switch (outcome.result()) {
                case Result.Ok<Grant>(Grant grant) -> {
                    if (!quiet) {
                        terminal.out().println(line(terminal, report, outcome.gateway(), grant));
                    }
                }
                case Result.Err<Grant>(Failure failure) -> {
                    terminal.err()
                            .println(terminal.bad("failed")
                                    + "  "
                                    + outcome.mapping().label()
                                    + (outcome.ipVersion() == IpVersion.IPV6 ? " over IPv6: " : ": ")
                                    + FailureText.line(failure)
                                    + ".");
                }
            }
        }
        report.beyond().forEach(hop -> further(terminal, hop, quiet));
        notes(terminal, report, quiet);
        if (!quiet && keeper.isEmpty()) {
            soonestEnd(report)
                    .ifPresent(end -> terminal.err()
                            .println("Nobody renews it: it closes at "
                                    + AT.format(end.atZone(zone))
                                    + ". To keep it open: ajar daemon, or ajar renew from cron."));
        }
        Stream.concat(report.outcomes().stream(), report.beyond().stream().flatMap(hop -> hop.outcomes().stream()))
                .flatMap(outcome -> advice(outcome).stream())
                .distinct()
                .forEach(advice -> FailureText.advice(terminal, advice));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
    }

    /** On a router in front of the first one. */
    private static void further(Terminal terminal, OpenReport hop, boolean quiet) {
        for (OpenReport.PortOutcome outcome : hop.outcomes()) {
            String where = " on the router in front of it, " + address(outcome.gateway());
            switch (outcome.result()) {
                case Result.Ok<Grant>(Grant grant) -> {
                    if (!quiet) {
                        terminal.out().println(line(terminal, hop, outcome.gateway(), grant) + where);
                    }
                }
                case Result.Err<Grant>(Failure failure) ->
                    terminal.err()
                            .println(terminal.bad("failed")
                                    + "  "
                                    + outcome.mapping().label()
                                    + where
                                    + ": "
                                    + FailureText.line(failure)
                                    + ".");
            }
        }
        hop.failure()
                .ifPresent(failure -> terminal.err().println(terminal.bad("ajar: ") + FailureText.line(failure) + "."));
    }

    private static String address(GatewayInfo gateway) {
        return Addresses.text(gateway.id().address());
    }

    private static Optional<Instant> soonestEnd(OpenReport report) {
        return Stream.concat(
                        report.outcomes().stream(), report.beyond().stream().flatMap(hop -> hop.outcomes().stream()))
                .flatMap(outcome -> outcome.result().toOptional().stream())
                .flatMap(grant -> grant instanceof Grant.Granted(Lease lease, var learned)
                        ? lease.expiresAt().stream()
                        : Stream.<Instant>empty())
                .min(Comparator.naturalOrder());
    }

    private static Optional<List<String>> advice(OpenReport.PortOutcome outcome) {
        return outcome.result() instanceof Result.Err<Grant>(Failure failure)
                ? Optional.of(Advice.of(failure, outcome.mapping()))
                : Optional.empty();
    }

    private static String line(Terminal terminal, OpenReport report, GatewayInfo gateway, Grant grant) {
        return switch (grant) {
            case Grant.Granted(Lease lease, var learned) ->
                terminal.good("open")
                        + "  "
                        + lease.protocol().label()
                        + " "
                        + place(terminal, report, lease)
                        + "   "
                        + terminal.faint(gateway.title()
                                + ", "
                                + lease(lease.granted())
                                + from(lease.claim().mapping()));
            case Grant.AlreadyThere(ObservedMapping entry) ->
                terminal.good("open")
                        + "  "
                        + entry.protocol().label()
                        + " "
                        + shown(report.externalAddress())
                        + ":"
                        + entry.externalPort()
                        + " "
                        + terminal.arrow()
                        + " "
                        + entry.internalClient()
                        + ":"
                        + entry.internalPort()
                        + "   "
                        + terminal.faint(gateway.title()
                                + ", was open already: "
                                + (entry.description().isBlank()
                                        ? "not by ajar"
                                        : entry.description().display()));
            case Grant.OpenAnyway(Endpoint at, String why) ->
                terminal.good("open")
                        + "  "
                        + at
                        + "   "
                        + terminal.faint(gateway.title() + ", nothing had to be opened: " + why);
        };
    }

    /** Over IPv6 the same outside as inside, unless somebody translates after all. */
    private static String place(Terminal terminal, OpenReport report, Lease lease) {
        Optional<Endpoint> outside = switch (lease.claim().ipVersion()) {
            case IPV4 ->
                lease.externalAddress()
                        .or(report::externalAddress)
                        .map(address -> new Endpoint(address, lease.externalPort()));
            case IPV6 -> lease.externalAddress().map(address -> new Endpoint(address, lease.externalPort()));
        };
        String external = outside.map(Endpoint::toString).orElse("(address unknown):" + lease.externalPort());
        return outside.equals(Optional.of(lease.internal()))
                ? external
                : external + " " + terminal.arrow() + " " + lease.internal();
    }

    private static String from(Mapping mapping) {
        return mapping.remote().map(some -> ", for " + some.text() + " alone").orElse("");
    }

    private static String shown(Optional<InetAddress> address) {
        return address.map(Addresses::text).orElse("(address unknown)");
    }

    private static String lease(LeaseDuration lease) {
        return switch (lease) {
            case LeaseDuration.Finite finite -> "lease " + finite.text();
            case LeaseDuration.Permanent ignored -> "until closed";
        };
    }

    private static void notes(Terminal terminal, OpenReport report, boolean quiet) {
        if (OpenSummary.unreachable(report).isPresent()) {
            boolean otherwise = report.isOpenOver(IpVersion.IPV6);
            terminal.err()
                    .println(terminal.bad("ajar: ")
                            + (otherwise
                                    ? "open, but over IPv4 not reachable from the internet; over IPv6 it is."
                                    : "open, but not reachable from the internet."));
            FailureText.advice(terminal, Advice.of(report));
        }
        if (!quiet) {
            report.ipv6()
                    .ifPresent(why -> terminal.err()
                            .println("Not open over IPv6: " + FailureText.line(why)
                                    + ". With --ipv4 ajar does not try."));
        }
        if (!quiet && report.outcomes().stream().anyMatch(OpenText::isUnverified)) {
            terminal.err().println("The router said yes but does not show its list, so ajar could not check it.");
        }
        if (!quiet && report.outcomes().stream().anyMatch(OpenText::isFilterUnseen)) {
            terminal.err()
                    .println(
                            "Whether the router keeps everybody else out does not show in its list, and some say yes and let everybody in: try it from elsewhere, or keep them out with this machine's own firewall.");
        }
        if (!quiet && report.outcomes().stream().anyMatch(OpenText::isPermanentUnasked)) {
            terminal.err()
                    .println(
                            "This router keeps ports open until they are closed: run ajar close PORT when you are done.");
        }
    }

    private static boolean isUnverified(OpenReport.PortOutcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned))
                && !lease.verified()
                && lease.claim().mapping().remote().isEmpty();
    }

    private static boolean isFilterUnseen(OpenReport.PortOutcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned))
                && !lease.verified()
                && lease.claim().mapping().remote().isPresent();
    }

    private static boolean isPermanentUnasked(OpenReport.PortOutcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned))
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
