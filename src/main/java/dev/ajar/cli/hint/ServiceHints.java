package dev.ajar.cli.hint;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.render.PortRuns;
import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.ListenerState;
import dev.ajar.message.Message;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is unexpected of the programs that listen, or do not, on the opened ports. */
public final class ServiceHints {
    /** A user reads no hundred lines. */
    private static final int MOST = 4;

    private ServiceHints() {}

    /** @param ranges ports on which no program has to listen beforehand */
    public static List<Message> of(ServiceCatalog services, List<Mapping> open, HostProbe hostProbe, Set<Port> ranges) {
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
                .filter(run -> !ranges.contains(run.first().target().port()))
                .flatMap(run -> listener(services, hostProbe, here, run).stream())
                .distinct()
                .toList();
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
