package dev.ajar.cli.render;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.Grant;
import dev.ajar.mapping.OpenReport;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** The lines of {@code ajar open}. */
public final class OpenText {
    private OpenText() {}

    /** @param end when what was opened closes again */
    public static void print(Terminal terminal, OpenReport report, boolean quiet, OpenEnd end) {
        outcomes(terminal, report, quiet, false);
        for (OpenReport hop : report.beyond()) {
            outcomes(terminal, hop, quiet, true);
            hop.failure().ifPresent(failure -> FailureText.printLine(terminal, failure));
        }
        if (OpenSummary.unreachable(report).isPresent()) {
            String unreachable = report.isOpenOver(IpVersion.IPV6) ? "show.unreachable-over-ipv4" : "show.unreachable";
            terminal.err().println(terminal.bad("ajar: ") + terminal.text(unreachable));
            FailureText.advice(terminal, Advice.of(report));
        }
        if (!report.isOpenOver(IpVersion.IPV4)
                && !report.over(IpVersion.IPV4).isEmpty()
                && report.isOpenOver(IpVersion.IPV6)) {
            terminal.err().println(terminal.text("internet.over-ipv6"));
        }
        if (!quiet) {
            remarks(terminal, report, end);
        }
        all(report)
                .flatMap(outcome -> outcome.result() instanceof Result.Err<Grant>(Failure failure)
                        ? Stream.of(Advice.of(failure, outcome.mapping()))
                        : Stream.empty())
                .distinct()
                .forEach(advice -> FailureText.advice(terminal, advice));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
    }

    /** @param inFront whether they are of a router in front of the first one */
    private static void outcomes(Terminal terminal, OpenReport report, boolean quiet, boolean inFront) {
        for (OpenReport.PortOutcome outcome : report.outcomes()) {
            switch (outcome.result()) {
                case Result.Ok<Grant>(Grant grant) -> {
                    if (!quiet) {
                        String line = line(terminal, report, outcome.gateway(), grant);
                        terminal.out().println(inFront ? terminal.text(inFront(line, outcome)) : line);
                    }
                }
                case Result.Err<Grant>(Failure failure) -> {
                    String port = outcome.mapping().label();
                    Message ofThe = outcome.ipVersion() == IpVersion.IPV6
                            ? Message.of("show.port-over-ipv6", "port", port)
                            : Message.verbatim(port);
                    FailureText.printPort(terminal, inFront ? inFront(port, outcome) : ofThe, failure);
                }
            }
        }
    }

    private static Message inFront(String what, OpenReport.PortOutcome outcome) {
        String router = Addresses.text(outcome.gateway().id().address());
        return Message.of("show.in-front", "what", what, "router", router);
    }

    private static String line(Terminal terminal, OpenReport report, GatewayInfo gateway, Grant grant) {
        String router = gateway.title();
        return switch (grant) {
            case Grant.Granted(Lease lease, var learned, var refusal) ->
                line(
                        terminal,
                        lease.verified() ? "show.open" : "show.open-unverified",
                        lease.protocol().label() + " " + place(terminal, report, lease),
                        granted(router, lease));
            case Grant.AlreadyThere(ObservedMapping entry) ->
                line(
                        terminal,
                        "show.open",
                        entry.protocol().label() + " " + address(terminal, report.externalAddress()) + ":"
                                + entry.externalPort() + " " + terminal.arrow() + " " + entry.internalClient() + ":"
                                + entry.internalPort(),
                        alreadyOpen(router, entry.description()));
            case Grant.OpenAnyway(Endpoint at, var why) ->
                line(
                        terminal,
                        "show.open",
                        at.toString(),
                        Message.of("show.open-anyway", "router", router, "why", why));
        };
    }

    private static Message alreadyOpen(String router, RouterText name) {
        if (name.isBlank()) {
            return Message.of("show.already-open", "router", router);
        }
        return EntryName.isStandard(name.display())
                ? Message.of("show.already-open-by-ajar", "router", router, "name", name)
                : Message.of("show.already-open-as", "router", router, "name", name);
    }

    private static String line(Terminal terminal, String status, String place, Message remark) {
        return terminal.good(terminal.text(status)) + "  " + place + "   " + terminal.faint(terminal.text(remark));
    }

    private static Message granted(String router, Lease granted) {
        LeaseDuration lease = granted.granted();
        Optional<Subnet> from = granted.claim().mapping().remote();
        boolean permanent = lease instanceof LeaseDuration.Permanent;
        if (from.isPresent() && !granted.verified()) {
            String source = from.get().text();
            return permanent
                    ? Message.of("show.permanent-meant-for", "router", router, "source", source)
                    : Message.of("show.lease-meant-for", "router", router, "lease", lease.text(), "source", source);
        }
        if (from.isPresent()) {
            String source = from.get().text();
            return permanent
                    ? Message.of("show.permanent-from", "router", router, "source", source)
                    : Message.of("show.lease-from", "router", router, "lease", lease.text(), "source", source);
        }
        return permanent
                ? Message.of("show.permanent", "router", router)
                : Message.of("show.lease", "router", router, "lease", lease.text());
    }

    /** Over IPv6 the same outside as inside, unless a router translates after all. */
    private static String place(Terminal terminal, OpenReport report, Lease lease) {
        Optional<InetAddress> outside = switch (lease.claim().ipVersion()) {
            case IPV4 -> lease.externalAddress().or(report::externalAddress);
            case IPV6 -> lease.externalAddress();
        };
        String external = outside.map(there -> new Endpoint(there, lease.externalPort()).toString())
                .orElseGet(() -> address(terminal, outside) + ":" + lease.externalPort());
        String internal = lease.internal().toString();
        return external.equals(internal) ? external : external + " " + terminal.arrow() + " " + internal;
    }

    private static String address(Terminal terminal, Optional<InetAddress> address) {
        return address.map(Addresses::text).orElseGet(() -> terminal.text("show.address-unknown"));
    }

    private static void remarks(Terminal terminal, OpenReport report, OpenEnd end) {
        PrintWriter err = terminal.err();
        report.ipv6()
                .ifPresent(why -> err.println(terminal.text("show.not-over-ipv6", "failure", FailureText.line(why))));
        OpenDoubts.of(report).forEach(doubt -> err.println(terminal.text(doubt)));
        if (isAny(
                report,
                (outcome, lease) -> lease.granted() instanceof LeaseDuration.Permanent
                        && outcome.mapping().lease() instanceof LeaseDuration.Finite)) {
            err.println(terminal.text("show.kept-open"));
        }
        end.remarks(all(report).flatMap(outcome -> lease(outcome).stream()).toList())
                .forEach(remark -> err.println(terminal.text(remark)));
    }

    private static boolean isAny(OpenReport report, BiPredicate<OpenReport.PortOutcome, Lease> test) {
        return report.outcomes().stream()
                .anyMatch(outcome -> lease(outcome)
                        .filter(lease -> test.test(outcome, lease))
                        .isPresent());
    }

    private static Optional<Lease> lease(OpenReport.PortOutcome outcome) {
        return outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(Lease lease, var learned, var refusal))
                ? Optional.of(lease)
                : Optional.empty();
    }

    /** On this router and on those in front of it. */
    private static Stream<OpenReport.PortOutcome> all(OpenReport report) {
        return Stream.concat(
                report.outcomes().stream(), report.beyond().stream().flatMap(hop -> hop.outcomes().stream()));
    }
}
