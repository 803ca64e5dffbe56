package dev.ajar.cli.render;

import dev.ajar.document.Advice;
import dev.ajar.document.OpenSummary;
import dev.ajar.mapping.OpenResult;
import dev.ajar.mapping.OpenedPort;
import dev.ajar.mapping.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Endpoint;
import dev.ajar.model.EntryName;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The lines of {@code ajar open}. */
public final class OpenText {
    private OpenText() {}

    /** @param end when what was opened closes again */
    public static void print(Terminal terminal, OpenResult report, boolean quiet, OpenEnd end) {
        outcomes(terminal, report, quiet, false);
        for (OpenResult hop : report.beyond()) {
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
                .flatMap(port -> port.failure().stream().map(failure -> Advice.of(failure, port.wanted())))
                .distinct()
                .forEach(advice -> FailureText.advice(terminal, advice));
        report.failure().ifPresent(failure -> FailureText.print(terminal, failure, report.attempts()));
    }

    /** @param inFront whether they are of a router in front of the first one */
    private static void outcomes(Terminal terminal, OpenResult result, boolean quiet, boolean inFront) {
        for (OpenedPort port : result.ports()) {
            if (port.failure().isPresent()) {
                String label = port.wanted().label();
                Message ofThe = port.ipVersion() == IpVersion.IPV6
                        ? Message.of("show.port-over-ipv6", "port", label)
                        : Message.verbatim(label);
                FailureText.printPort(
                        terminal,
                        inFront ? inFront(label, port) : ofThe,
                        port.failure().get());
            } else if (!quiet) {
                String line = line(terminal, result, port);
                terminal.out().println(inFront ? terminal.text(inFront(line, port)) : line);
            }
        }
    }

    private static Message inFront(String what, OpenedPort port) {
        String router = Addresses.text(port.gateway().id().address());
        return Message.of("show.in-front", "what", what, "router", router);
    }

    private static String line(Terminal terminal, OpenResult result, OpenedPort port) {
        String router = port.gateway().title();
        ReportedMapping mapping = port.reported();
        return switch (port.outcome()) {
            case OpenedPort.Outcome.Granted ignored ->
                line(
                        terminal,
                        mapping.verified() ? "show.open" : "show.open-unverified",
                        mapping.protocol().label() + " " + place(terminal, result, mapping),
                        granted(router, mapping));
            case OpenedPort.Outcome.AlreadyOpen(ObservedMapping entry) ->
                line(
                        terminal,
                        "show.open",
                        entry.protocol().label() + " " + address(terminal, result.externalAddress()) + ":"
                                + entry.externalPort() + " " + terminal.arrow() + " " + entry.internalClient() + ":"
                                + entry.internalPort(),
                        alreadyOpen(router, entry.description()));
            case OpenedPort.Outcome.NothingToOpen(Endpoint at, var why) ->
                line(
                        terminal,
                        "show.open",
                        at.toString(),
                        Message.of("show.open-anyway", "router", router, "why", why));
            case OpenedPort.Outcome.Failed ignored -> "";
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

    private static Message granted(String router, ReportedMapping granted) {
        LeaseDuration lease = granted.duration().orElse(LeaseDuration.PERMANENT);
        Optional<Subnet> from = granted.from();
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
    private static String place(Terminal terminal, OpenResult result, ReportedMapping mapping) {
        Optional<InetAddress> outside = switch (mapping.ipVersion()) {
            case IPV4 -> mapping.externalAddress().or(result::externalAddress);
            case IPV6 -> mapping.externalAddress();
        };
        String external = outside.map(there -> new Endpoint(there, mapping.externalPort()).toString())
                .orElseGet(() -> address(terminal, outside) + ":" + mapping.externalPort());
        String internal = mapping.internal().toString();
        return external.equals(internal) ? external : external + " " + terminal.arrow() + " " + internal;
    }

    private static String address(Terminal terminal, Optional<InetAddress> address) {
        return address.map(Addresses::text).orElseGet(() -> terminal.text("show.address-unknown"));
    }

    private static void remarks(Terminal terminal, OpenResult report, OpenEnd end) {
        PrintWriter err = terminal.err();
        report.ipv6()
                .ifPresent(why -> err.println(terminal.text("show.not-over-ipv6", "failure", FailureText.line(why))));
        OpenDoubts.of(report).forEach(doubt -> err.println(terminal.text(doubt)));
        if (isAny(
                report,
                port -> port.granted()
                                .filter(LeaseDuration.Permanent.class::isInstance)
                                .isPresent()
                        && port.wanted().lease() instanceof LeaseDuration.Finite)) {
            err.println(terminal.text("show.kept-open"));
        }
        end.remarks(all(report).filter(port -> port.granted().isPresent()).toList())
                .forEach(remark -> err.println(terminal.text(remark)));
    }

    /** Of those that the gateway granted to ajar. */
    private static boolean isAny(OpenResult result, Predicate<OpenedPort> test) {
        return result.ports().stream()
                .filter(port -> port.granted().isPresent())
                .anyMatch(test);
    }

    /** On this router and on those in front of it. */
    private static Stream<OpenedPort> all(OpenResult result) {
        return Stream.concat(result.ports().stream(), result.beyond().stream().flatMap(hop -> hop.ports().stream()));
    }
}
