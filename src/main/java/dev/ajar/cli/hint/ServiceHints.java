package dev.ajar.cli.hint;

import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.render.PortRuns;
import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.ListenerState;
import dev.ajar.message.Message;
import dev.ajar.model.Mapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.ListeningSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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
        Stream<Message> blocked = open.stream()
                .filter(mapping -> services.isOftenBlocked(mapping.externalPort()))
                .map(ServiceHints::blocked);
        Stream<Message> listeners = runs.stream()
                .limit(MOST)
                .flatMap(run ->
                        listener(
                                services,
                                hostProbe,
                                here,
                                run,
                                local,
                                ranges.contains(run.first().target().port()))
                                .stream());
        return Stream.concat(listeners, blocked).distinct().toList();
    }

    private static Message blocked(Mapping mapping) {
        return Message.of(
                "open.often-blocked",
                "port",
                mapping.externalPort(),
                "other",
                mapping.externalPort().higher(),
                "inside",
                mapping.target().port());
    }

    /**
     * Of a range it is enough that a program listens on one port.
     *
     * @param mayBeSilent whether a program may listen there only when it needs to
     */
    private static Optional<Message> listener(
            ServiceCatalog services,
            HostProbe hostProbe,
            InetAddress here,
            PortRuns.Run<Mapping> run,
            List<Mapping> open,
            boolean mayBeSilent) {
        Port first = run.first().target().port();
        TransportProtocol protocol = run.first().protocol();
        if (run.last().equals(run.first())) {
            ListenerState state = told(ListenerState.at(hostProbe, services, protocol, first, here), open);
            boolean silent = state instanceof ListenerState.Absent absent && !absent.isForUdp();
            return silent && mayBeSilent ? Optional.empty() : state.hint();
        }
        Optional<List<ListeningSocket>> all = hostProbe.host().listeners();
        if (all.isEmpty() || isAny(all.get(), protocol, run)) {
            return Optional.empty();
        }
        String ports = ports(run);
        if (!isOpen(open, protocol.other(), first)) {
            List<String> overUdp = new ApplicationCatalog().overUdpAlone(first);
            if (isAny(all.get(), protocol.other(), run)) {
                return Optional.of(ListenerState.overOther(protocol, ports, overUdp));
            }
            if (protocol == TransportProtocol.TCP && !overUdp.isEmpty()) {
                return Optional.of(
                        Message.of("listener.udp-alone", "port", ports, "application", String.join(", ", overUdp)));
            }
        }
        return mayBeSilent
                ? Optional.empty()
                : Optional.of(Message.of("listener.absent", "protocol", protocol.label(), "port", ports));
    }

    /**
     * Where both of TCP and UDP are open, a program over one of them is as it should be, and none is simply missing.
     */
    private static ListenerState told(ListenerState state, List<Mapping> open) {
        return switch (state) {
            case ListenerState.OverOther(ListenerState.Absent here)
            when isOpen(open, here.protocol().other(), here.port()) -> plain(here);
            case ListenerState.Absent absent
            when isOpen(open, absent.protocol().other(), absent.port()) -> plain(absent);
            case ListenerState other -> other;
        };
    }

    private static ListenerState plain(ListenerState.Absent absent) {
        return new ListenerState.Absent(absent.protocol(), absent.port(), absent.expected(), List.of());
    }

    private static boolean isOpen(List<Mapping> open, TransportProtocol protocol, Port inside) {
        return open.stream()
                .anyMatch(
                        one -> one.protocol() == protocol && one.target().port().equals(inside));
    }

    private static boolean isAny(List<ListeningSocket> all, TransportProtocol protocol, PortRuns.Run<Mapping> run) {
        return all.stream()
                .anyMatch(one -> one.protocol() == protocol
                        && one.port().compareTo(run.first().target().port()) >= 0
                        && one.port().compareTo(run.last().target().port()) <= 0);
    }

    private static String ports(PortRuns.Run<Mapping> run) {
        return Port.range(run.first().target().port(), run.last().target().port());
    }
}
