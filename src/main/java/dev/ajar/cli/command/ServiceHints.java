package dev.ajar.cli.command;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.render.PortRuns;
import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.ListenerState;
import dev.ajar.mapping.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.FirewallState;
import dev.ajar.system.machine.Served;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What keeps friends out of the opened ports on this machine itself: its firewall, and the programs that listen. */
final class ServiceHints {
    /** A user reads no hundred lines. */
    private static final int MOST = 4;

    private ServiceHints() {}

    /**
     * @param ranges ports on which no program has to listen beforehand
     * @param ipVersions over which friends connect
     */
    static List<Message> of(
            ServiceCatalog services,
            List<Mapping> open,
            HostProbe hostProbe,
            Set<Port> ranges,
            Set<IpVersion> ipVersions) {
        InetAddress here = hostProbe
                .home()
                .or(() -> hostProbe.routes().stream().findFirst())
                .map(route -> route.localAddress())
                .orElse(InetAddress.getLoopbackAddress());
        List<Mapping> local = open.stream()
                .filter(mapping -> mapping.target() instanceof Target.ThisHost)
                .toList();
        List<PortRuns.Run<Mapping>> runs = PortRuns.of(
                local,
                (before, after) -> before.protocol() == after.protocol()
                        && PortRuns.follows(
                                before.target().port(), after.target().port()));
        return runs.stream()
                .limit(MOST)
                .flatMap(run -> Stream.concat(
                        firewall(hostProbe, run, ipVersions).stream(),
                        Stream.of(run)
                                .filter(one ->
                                        !ranges.contains(one.first().target().port()))
                                .flatMap(one -> listener(services, hostProbe, here, one).stream())))
                .distinct()
                .toList();
    }

    /** Over which versions of IP this machine's own firewall is certain to keep friends out of all ports that are open to it. */
    static Set<IpVersion> keptOut(List<ReportedMapping> mappings, HostProbe hostProbe) {
        Set<IpVersion> out = EnumSet.noneOf(IpVersion.class);
        Set<IpVersion> in = EnumSet.noneOf(IpVersion.class);
        for (ReportedMapping mapping : mappings) {
            if (mapping.status() != ReportedMapping.Status.FAILED) {
                boolean kept = mapping.toThisHost()
                        && keepsOut(mapping.protocol(), mapping.internal().port(), mapping.ipVersion(), hostProbe);
                (kept ? out : in).add(mapping.ipVersion());
            }
        }
        out.removeAll(in);
        return out;
    }

    private static boolean keepsOut(TransportProtocol protocol, Port port, IpVersion ipVersion, HostProbe hostProbe) {
        return switch (hostProbe.host().firewall(protocol, port, ipVersion)) {
            case FirewallState.Closed ignored -> true;
            case FirewallState.KeepsAnswers ignored -> true;
            case FirewallState.Open ignored -> false;
            case FirewallState.Unknown ignored -> false;
        };
    }

    /** What is said of this machine's own firewall for ports that are open to it; empty where it may let friends in. */
    static List<Message> firewall(List<ReportedMapping> mappings, HostProbe hostProbe) {
        Map<Served, Set<IpVersion>> open = new LinkedHashMap<>();
        for (ReportedMapping mapping : mappings) {
            if (mapping.toThisHost() && mapping.status() == ReportedMapping.Status.OPEN) {
                open.computeIfAbsent(
                                new Served(
                                        mapping.protocol(), mapping.internal().port()),
                                any -> EnumSet.noneOf(IpVersion.class))
                        .add(mapping.ipVersion());
            }
        }
        return open.entrySet().stream()
                .flatMap(entry -> firewall(entry.getKey(), entry.getValue(), hostProbe).stream())
                .limit(MOST)
                .toList();
    }

    /** The same of one port of this machine. */
    static List<Message> firewall(Served server, Set<IpVersion> ipVersions, HostProbe hostProbe) {
        return firewall(
                hostProbe, server.protocol(), server.port(), server.port().toString(), ipVersions);
    }

    /** Where the firewall treats the versions of IP differently, each is named. */
    private static List<Message> firewall(HostProbe hostProbe, PortRuns.Run<Mapping> run, Set<IpVersion> ipVersions) {
        Mapping first = run.first();
        return firewall(hostProbe, first.protocol(), first.target().port(), ports(run), ipVersions);
    }

    private static List<Message> firewall(
            HostProbe hostProbe, TransportProtocol protocol, Port inside, String ports, Set<IpVersion> ipVersions) {
        Map<IpVersion, FirewallState> states = new EnumMap<>(IpVersion.class);
        for (IpVersion version : ipVersions) {
            states.put(version, hostProbe.host().firewall(protocol, inside, version));
        }
        String port = protocol.label() + " " + ports;
        boolean alike = Set.copyOf(states.values()).size() == 1 && !ipVersions.equals(Set.of(IpVersion.IPV6));
        List<Message> blocked = new ArrayList<>();
        states.forEach((version, state) -> {
            if (state instanceof FirewallState.Closed(var firewall, var remedy)) {
                blocked.add(
                        alike
                                ? Message.of("show.own-firewall", "firewall", firewall, "port", port, "command", remedy)
                                : Message.of(
                                        "show.own-firewall-version",
                                        "firewall",
                                        firewall,
                                        "port",
                                        port,
                                        "version",
                                        version.label(),
                                        "command",
                                        remedy));
            }
            if (state instanceof FirewallState.KeepsAnswers(var firewall, var remedy)) {
                Message kept =
                        Message.of("show.own-firewall-answers", "firewall", firewall, "port", port, "command", remedy);
                blocked.add(alike ? kept : Message.of("answers.over", "version", version.label(), "what", kept));
            }
        });
        return blocked.stream().distinct().toList();
    }

    /** Of a range it is enough that a program listens on one port. */
    private static Optional<Message> listener(
            ServiceCatalog services, HostProbe hostProbe, InetAddress here, PortRuns.Run<Mapping> run) {
        Mapping first = run.first();
        if (run.last().equals(first)) {
            return ListenerState.at(
                            hostProbe,
                            services,
                            first.protocol(),
                            first.target().port(),
                            here)
                    .hint();
        }
        boolean silent = hostProbe
                .host()
                .listeners()
                .filter(all -> all.stream()
                        .noneMatch(one -> one.protocol() == first.protocol()
                                && one.port().compareTo(first.target().port()) >= 0
                                && one.port().compareTo(run.last().target().port()) <= 0))
                .isPresent();
        return silent
                ? Optional.of(Message.of(
                        "listener.absent", "protocol", first.protocol().label(), "port", ports(run)))
                : Optional.empty();
    }

    private static String ports(PortRuns.Run<Mapping> run) {
        return PortRuns.text(run.first().target().port(), run.last().target().port());
    }
}
