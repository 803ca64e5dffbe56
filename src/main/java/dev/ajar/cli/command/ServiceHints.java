package dev.ajar.cli.command;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.ListenerState;
import dev.ajar.message.Message;
import dev.ajar.model.Mapping;
import dev.ajar.model.Target;
import java.net.InetAddress;
import java.util.List;

/** What is unexpected about the programs that listen on the opened ports, a plain line each. */
final class ServiceHints {
    /** A range of a hundred ports gets no hundred lines. */
    private static final int MOST = 4;

    private ServiceHints() {}

    static List<Message> of(ServiceCatalog services, List<Mapping> mappings, HostProbe hostProbe) {
        InetAddress here = hostProbe
                .home()
                .or(() -> hostProbe.routes().stream().findFirst())
                .map(route -> route.localAddress())
                .orElse(InetAddress.getLoopbackAddress());
        return mappings.stream()
                .filter(mapping -> mapping.target() instanceof Target.ThisHost)
                .limit(MOST)
                .flatMap(mapping ->
                        ListenerState.at(
                                hostProbe,
                                services,
                                mapping.protocol(),
                                mapping.target().port(),
                                here)
                                .hint()
                                .stream())
                .distinct()
                .toList();
    }
}
