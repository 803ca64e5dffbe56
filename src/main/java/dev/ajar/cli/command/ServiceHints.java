package dev.ajar.cli.command;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.render.PortRuns;
import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.ListenerState;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.system.host.FirewallState;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
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

    /** Where the firewall treats the versions of IP differently, each is named. */
    private static List<Message> firewall(HostProbe hostProbe, PortRuns.Run<Mapping> run, Set<IpVersion> ipVersions) {
        Mapping first = run.first();
        Map<IpVersion, FirewallState> states = new EnumMap<>(IpVersion.class);
        for (IpVersion version : ipVersions) {
            states.put(
                    version,
                    hostProbe.host().firewall(first.protocol(), first.target().port(), version));
        }
        boolean alike = Set.copyOf(states.values()).size() == 1 && !ipVersions.equals(Set.of(IpVersion.IPV6));
        List<Message> blocked = new ArrayList<>();
        states.forEach((version, state) -> {
            if (state instanceof FirewallState.Closed(var firewall, var remedy)) {
                String port = first.protocol().label() + " " + ports(run);
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
                String port = first.protocol().label() + " " + ports(run);
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
