package dev.ajar.doctor;

import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.model.RouterText;
import dev.ajar.profile.Service;
import dev.ajar.profile.ServiceCatalog;
import dev.ajar.system.host.Listener;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who waits behind a port of this machine. */
public sealed interface Listening {
    /** This system does not show it. */
    record Unknown(Protocol protocol, Port port) implements Listening {}

    /** @param expected what usually lives there */
    record Nobody(Protocol protocol, Port port, Optional<Service> expected) implements Listening {}

    /** Only programs on this machine can reach it. */
    record LoopbackOnly(Protocol protocol, Port port) implements Listening {}

    /** At another address of this machine than the router would send to. */
    record Elsewhere(Protocol protocol, Port port, InetAddress at, InetAddress here) implements Listening {}

    /**
     * Somebody does.
     *
     * @param said its greeting; empty where it said nothing
     * @param spoken the protocol it spoke, where that is known
     * @param expected what usually lives there
     */
    record Somebody(
            Protocol protocol, Port port, Optional<String> said, Optional<Service> spoken, Optional<Service> expected)
            implements Listening {
        /** Whether another protocol is spoken there than usually. */
        public boolean isAnother() {
            return spoken.isPresent()
                    && expected.flatMap(Service::greets).isPresent()
                    && !expected.flatMap(Service::greets).equals(spoken.get().greets());
        }
    }

    /** How long a service may take to say who it is. */
    Duration PATIENCE = Duration.ofMillis(600);

    static Listening at(Premises premises, ServiceCatalog services, Protocol protocol, Port port, InetAddress here) {
        Optional<Service> expected = services.at(protocol, port);
        Optional<List<Listener>> all = premises.host().listeners();
        if (all.isEmpty()) {
            return new Unknown(protocol, port);
        }
        List<Listener> there = all.get().stream()
                .filter(one -> one.protocol() == protocol && one.port().equals(port))
                .toList();
        if (there.isEmpty()) {
            return new Nobody(protocol, port, expected);
        }
        if (there.stream().allMatch(Listener::isLoopback) && !here.isLoopbackAddress()) {
            return new LoopbackOnly(protocol, port);
        }
        if (there.stream().noneMatch(one -> one.isReachableAt(here))) {
            return new Elsewhere(protocol, port, there.getFirst().address(), here);
        }
        // Only where the answer could tell something: a game server would be puzzled.
        boolean worthAsking =
                protocol == Protocol.TCP && expected.flatMap(Service::greets).isPresent();
        Optional<String> said = worthAsking ? premises.greeting(here, port, PATIENCE) : Optional.empty();
        Optional<Service> spoken = said.flatMap(Listening::spoken).flatMap(services::greeting);
        return new Somebody(protocol, port, said.map(Listening::firstLine), spoken, expected);
    }

    private static String firstLine(String text) {
        return new RouterText(text.lines().findFirst().orElse("")).display();
    }

    /** Servers say who they are in their first line, each protocol in its own way. */
    private static Optional<String> spoken(String greeting) {
        String first = greeting.lines().findFirst().orElse("");
        String upper = first.toUpperCase(Locale.ROOT);
        if (upper.startsWith("SSH-")) {
            return Optional.of("ssh");
        }
        if (upper.startsWith("HTTP/")) {
            return Optional.of("http");
        }
        if (upper.startsWith("RTSP/")) {
            return Optional.of("rtsp");
        }
        if (upper.startsWith("+OK")) {
            return Optional.of("pop3");
        }
        if (upper.startsWith("* OK") || upper.startsWith("* PREAUTH")) {
            return Optional.of("imap");
        }
        if (upper.startsWith("RFB ")) {
            return Optional.of("vnc");
        }
        if (upper.startsWith("220")) {
            return upper.contains("FTP")
                    ? Optional.of("ftp")
                    : upper.contains("SMTP") ? Optional.of("smtp") : Optional.empty();
        }
        return greeting.contains("mysql_native_password") ? Optional.of("mysql") : Optional.empty();
    }

    /** What is odd about it, as a plain sentence; empty where nothing is. */
    default Optional<String> hint() {
        return switch (this) {
            case Unknown ignored -> Optional.empty();
            case Nobody(Protocol protocol, Port port, Optional<Service> expected) ->
                Optional.of("Nothing listens on "
                        + protocol.label()
                        + " "
                        + port
                        + " of this machine yet"
                        + expected.map(it -> " (usually " + it.name() + ")").orElse("")
                        + ": start the server, or nobody will be answered.");
            case LoopbackOnly(Protocol protocol, Port port) ->
                Optional.of("What listens on "
                        + protocol.label()
                        + " "
                        + port
                        + " only hears this very machine (127.0.0.1): let it listen on 0.0.0.0 in its settings.");
            case Elsewhere(Protocol protocol, Port port, InetAddress at, InetAddress here) ->
                Optional.of("What listens on "
                        + protocol.label()
                        + " "
                        + port
                        + " does so at "
                        + at.getHostAddress()
                        + ", and the router sends to "
                        + here.getHostAddress()
                        + ": let it listen on 0.0.0.0 in its settings.");
            case Somebody one ->
                one.isAnother()
                        ? Optional.of("Port "
                                + one.port()
                                + " is usually "
                                + one.expected().map(Service::name).orElse("")
                                + ", but what listens here speaks like "
                                + one.spoken().map(Service::name).orElse("")
                                + " (it said \""
                                + one.said().orElse("")
                                + "\"): is it the right port?")
                        : Optional.empty();
        };
    }
}
