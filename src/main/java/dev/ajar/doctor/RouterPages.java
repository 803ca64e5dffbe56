package dev.ajar.doctor;

import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The pages that a router has named in its answer to a search, and that did not arrive: their ports. */
public final class RouterPages {
    private static final int HTTP = 80;

    private RouterPages() {}

    static Set<Port> unread(List<ProbeAttempt> attempts, InetAddress router) {
        return attempts.stream()
                .filter(RouterPages::isUnread)
                .flatMap(attempt -> port(attempt.asked().toString(), router).stream())
                .collect(Collectors.toSet());
    }

    static boolean isUnread(ProbeAttempt attempt) {
        return attempt.stage() == ProbeAttempt.Stage.DESCRIPTION
                && (attempt.outcome() == ProbeAttempt.ProbeOutcome.SILENT
                        || attempt.outcome() == ProbeAttempt.ProbeOutcome.REJECTED);
    }

    /** The same of a failure that names such a page. */
    public static Set<Port> unread(Failure failure, InetAddress router) {
        return failure.detail().values().stream()
                .map(Message.Value::value)
                .filter(Message.class::isInstance)
                .flatMap(asked -> port(asked.toString(), router).stream())
                .collect(Collectors.toSet());
    }

    private static Optional<Port> port(String location, InetAddress router) {
        try {
            URI uri = new URI(location);
            String host = uri.getHost() == null ? "" : uri.getHost();
            return Addresses.parse(host.replaceAll("[\\[\\]]", ""))
                    .filter(router::equals)
                    .map(ignored -> new Port(uri.getPort() < 0 ? HTTP : uri.getPort()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
