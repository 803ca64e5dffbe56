package dev.ajar.cli;

import dev.ajar.doctor.Listening;
import dev.ajar.doctor.Premises;
import dev.ajar.model.Mapping;
import dev.ajar.model.Target;
import dev.ajar.profile.ServiceCatalog;
import java.net.InetAddress;
import java.util.List;

/** What is odd about who waits behind the ports that were opened, a plain line each. */
final class ServiceHints {
    /** A range of hundred ports needs no hundred lines. */
    private static final int MOST = 4;

    private ServiceHints() {}

    static List<String> of(ServiceCatalog services, List<Mapping> mappings, Premises premises) {
        InetAddress here = premises.home()
                .or(() -> premises.routes().stream().findFirst())
                .map(route -> route.localAddress())
                .orElse(InetAddress.getLoopbackAddress());
        return mappings.stream()
                .filter(mapping -> mapping.target() instanceof Target.ThisHost)
                .limit(MOST)
                .flatMap(mapping ->
                        Listening.at(
                                premises,
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
