package dev.ajar.cli.render;

import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.EntryName;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The line of {@code ajar open} for a port that is open.
 *
 * @param status the key of the word it begins with
 * @param protocol tcp or udp
 * @param outside the address outside; of IPv6 in brackets
 * @param inside the address the router forwards to; empty where it is the same port of the same address
 */
record OpenLine(
        String status,
        String protocol,
        String outside,
        Port outsidePort,
        Optional<String> inside,
        Port insidePort,
        Message remark) {

    /** Ports that follow each other and are alike otherwise are one line. */
    static List<String> of(Terminal terminal, OpenResult result) {
        List<OpenLine> lines = result.ports().stream()
                .flatMap(port -> of(terminal, result, port))
                .toList();
        return PortRuns.of(lines, OpenLine::continues).stream()
                .map(run -> run.first().text(terminal, run.last()))
                .toList();
    }

    private boolean continues(OpenLine next) {
        return PortRuns.follows(outsidePort, next.outsidePort)
                && PortRuns.follows(insidePort, next.insidePort)
                && at(next).equals(next);
    }

    private OpenLine at(OpenLine other) {
        return new OpenLine(status, protocol, outside, other.outsidePort, inside, other.insidePort, remark);
    }

    private String text(Terminal terminal, OpenLine last) {
        String place = protocol + " " + outside + ":" + Port.range(outsidePort, last.outsidePort);
        String way = inside.map(
                        there -> " " + terminal.arrow() + " " + there + ":" + Port.range(insidePort, last.insidePort))
                .orElse("");
        return terminal.good(terminal.text(status)) + "  " + place + way + "   "
                + terminal.faint(terminal.text(remark));
    }

    private static Stream<OpenLine> of(Terminal terminal, OpenResult result, OpenedPort port) {
        String router = port.gateway().title();
        ReportedMapping mapping = port.reported();
        return switch (port.outcome()) {
            case OpenedPort.Outcome.Granted ignored -> Stream.of(granted(terminal, result, mapping, router));
            case OpenedPort.Outcome.AlreadyOpen(ObservedMapping entry) ->
                Stream.of(new OpenLine(
                        "show.open",
                        entry.protocol().label(),
                        address(terminal, result.externalAddress()),
                        entry.externalPort(),
                        Optional.of(entry.internalClient().display()),
                        entry.internalPort(),
                        alreadyOpen(router, entry.description())));
            case OpenedPort.Outcome.NothingToOpen(var at, var why) ->
                Stream.of(new OpenLine(
                        "show.open",
                        mapping.protocol().label(),
                        written(at.address()),
                        at.port(),
                        Optional.empty(),
                        at.port(),
                        Message.of("show.open-anyway", "router", router, "why", why)));
            case OpenedPort.Outcome.Failed ignored -> Stream.empty();
        };
    }

    /** Over IPv6 the same outside as inside, unless a router translates after all. */
    private static OpenLine granted(Terminal terminal, OpenResult result, ReportedMapping mapping, String router) {
        Optional<InetAddress> outside = switch (mapping.ipVersion()) {
            case IPV4 -> mapping.externalAddress().or(result::externalAddress);
            case IPV6 -> mapping.externalAddress();
        };
        String external = address(terminal, outside);
        String internal = written(mapping.internal().address());
        boolean same = external.equals(internal)
                && mapping.externalPort().equals(mapping.internal().port());
        return new OpenLine(
                mapping.verified() ? "show.open" : "show.open-unverified",
                mapping.protocol().label(),
                external,
                mapping.externalPort(),
                same ? Optional.empty() : Optional.of(internal),
                mapping.internal().port(),
                terms(router, mapping));
    }

    private static Message alreadyOpen(String router, RouterText name) {
        if (name.isBlank()) {
            return Message.of("show.already-open", "router", router);
        }
        return EntryName.isStandard(name.display())
                ? Message.of("show.already-open-by-ajar", "router", router, "name", name)
                : Message.of("show.already-open-as", "router", router, "name", name);
    }

    private static Message terms(String router, ReportedMapping granted) {
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

    private static String address(Terminal terminal, Optional<InetAddress> address) {
        return address.map(OpenLine::written).orElseGet(() -> terminal.text("show.address-unknown"));
    }

    private static String written(InetAddress address) {
        String text = Addresses.text(address);
        return IpVersion.of(address) == IpVersion.IPV6 ? "[" + text + "]" : text;
    }
}
