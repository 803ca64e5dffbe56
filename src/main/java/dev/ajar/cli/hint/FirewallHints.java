package dev.ajar.cli.hint;

import dev.ajar.cli.render.PortRuns;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.FirewallState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether this machine's own firewall keeps friends out of ports that the router lets in. */
public final class FirewallHints {
    /** A user reads no hundred lines. */
    private static final int MOST = 4;

    private FirewallHints() {}

    /** A server of this machine: not the router's port that leads to it. */
    private record Server(TransportProtocol protocol, Port port) implements Comparable<Server> {
        @Override
        public int compareTo(Server other) {
            // Written out: a combinator of Comparator is linked anew at each start.
            int byProtocol = protocol.compareTo(other.protocol);
            return byProtocol == 0 ? port.compareTo(other.port) : byProtocol;
        }
    }

    private record Judged(Server server, Map<IpVersion, FirewallState> states) {}

    /** A sentence for each server that is kept from friends; where the versions of IP differ, each is named. */
    public static List<Message> of(List<ReportedMapping> mappings, HostProbe hostProbe) {
        Map<Server, Map<IpVersion, FirewallState>> servers = new TreeMap<>();
        for (ReportedMapping mapping : mappings) {
            if (mapping.toThisHost() && mapping.status() != ReportedMapping.Status.FAILED) {
                Server server =
                        new Server(mapping.protocol(), mapping.internal().port());
                servers.computeIfAbsent(server, any -> new EnumMap<>(IpVersion.class))
                        .computeIfAbsent(
                                mapping.ipVersion(),
                                version -> hostProbe.host().firewall(server.protocol(), server.port(), version));
            }
        }
        List<Judged> judged = new ArrayList<>();
        servers.forEach((server, states) -> judged.add(new Judged(server, states)));
        return PortRuns.of(judged, FirewallHints::goOn).stream()
                .flatMap(run -> sentences(run).stream())
                .limit(MOST)
                .toList();
    }

    /** Whether friends are kept out of that port, as far as the firewall can be read. */
    public static boolean bars(ReportedMapping mapping, HostProbe hostProbe) {
        return mapping.toThisHost()
                && hostProbe
                        .host()
                        .firewall(mapping.protocol(), mapping.internal().port(), mapping.ipVersion())
                        .bars();
    }

    /** Where the same is to be done for ports that follow each other, one command does it. */
    private static boolean goOn(Judged before, Judged after) {
        return before.server().protocol() == after.server().protocol()
                && PortRuns.follows(before.server().port(), after.server().port())
                && kinds(before).equals(kinds(after));
    }

    private static List<String> kinds(Judged judged) {
        String port = judged.server().port().toString();
        List<String> kinds = new ArrayList<>();
        judged.states()
                .forEach((version, state) -> kinds.add(version
                        + switch (state) {
                            case FirewallState.Open ignored -> " open";
                            case FirewallState.Unknown ignored -> " unknown";
                            case FirewallState.Closed(var by, var remedy) -> " closed " + by + remedy.replace(port, "");
                            case FirewallState.KeepsAnswers(var by, var remedy) ->
                                " keeps " + by + remedy.replace(port, "");
                        }));
        return kinds;
    }

    private static List<Message> sentences(PortRuns.Run<Judged> run) {
        Judged first = run.first();
        Map<IpVersion, FirewallState> states = first.states();
        boolean alike =
                Set.copyOf(states.values()).size() == 1 && !states.keySet().equals(Set.of(IpVersion.IPV6));
        Port firstPort = first.server().port();
        Port lastPort = run.last().server().port();
        String port = first.server().protocol().label() + " " + Port.range(firstPort, lastPort);
        List<Message> blocked = new ArrayList<>();
        states.forEach((version, state) -> {
            if (state instanceof FirewallState.Closed closed) {
                String firewall = closed.by();
                String remedy = closed.remedy(firstPort, lastPort);
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
            if (state instanceof FirewallState.KeepsAnswers keeps) {
                Message kept = Message.of(
                        "show.own-firewall-answers",
                        "firewall",
                        keeps.by(),
                        "port",
                        port,
                        "command",
                        keeps.remedy(firstPort, lastPort));
                blocked.add(alike ? kept : Message.of("answers.over", "version", version.label(), "what", kept));
            }
        });
        return blocked.stream().distinct().toList();
    }
}
