package dev.ajar.doctor;

import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.WellKnownService;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.ListeningSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who waits behind a port of this machine. */
public sealed interface ListenerState {
    /** This system does not show it. */
    record Unknown(TransportProtocol protocol, Port port) implements ListenerState {}

    /** @param expected what usually lives there */
    record Absent(TransportProtocol protocol, Port port, Optional<WellKnownService> expected)
            implements ListenerState {}

    /** Only programs on this machine can reach it. */
    record LoopbackOnly(TransportProtocol protocol, Port port) implements ListenerState {}

    /** At another address of this machine than the router would send to. */
    record OnOtherAddress(TransportProtocol protocol, Port port, InetAddress at, InetAddress here)
            implements ListenerState {}

    /**
     * Somebody does.
     *
     * @param said its greeting; empty where it said nothing
     * @param spoken the protocol it spoke, where that is known
     * @param expected what usually lives there
     */
    record Present(
            TransportProtocol protocol,
            Port port,
            Optional<String> said,
            Optional<WellKnownService> spoken,
            Optional<WellKnownService> expected)
            implements ListenerState {
        /** Whether another protocol is spoken there than usually. */
        public boolean isAnother() {
            return spoken.isPresent()
                    && expected.flatMap(WellKnownService::greets).isPresent()
                    && !expected.flatMap(WellKnownService::greets)
                            .equals(spoken.get().greets());
        }
    }

    /** How long a service may take to say who it is. */
    Duration PATIENCE = Duration.ofMillis(600);

    static ListenerState at(
            HostProbe hostProbe, ServiceCatalog services, TransportProtocol protocol, Port port, InetAddress here) {
        Optional<WellKnownService> expected = services.at(protocol, port);
        Optional<List<ListeningSocket>> all = hostProbe.host().listeners();
        if (all.isEmpty()) {
            return new Unknown(protocol, port);
        }
        List<ListeningSocket> there = all.get().stream()
                .filter(one -> one.protocol() == protocol && one.port().equals(port))
                .toList();
        if (there.isEmpty()) {
            return new Absent(protocol, port, expected);
        }
        if (there.stream().allMatch(ListeningSocket::isLoopback) && !here.isLoopbackAddress()) {
            return new LoopbackOnly(protocol, port);
        }
        if (there.stream().noneMatch(one -> one.isReachableAt(here))) {
            return new OnOtherAddress(protocol, port, there.getFirst().address(), here);
        }
        // Only where the answer could tell something: a game server would be puzzled.
        boolean worthAsking = protocol == TransportProtocol.TCP
                && expected.flatMap(WellKnownService::greets).isPresent();
        Optional<String> said = worthAsking ? hostProbe.greeting(here, port, PATIENCE) : Optional.empty();
        Optional<WellKnownService> spoken = said.flatMap(ListenerState::spoken).flatMap(services::greeting);
        return new Present(protocol, port, said.map(ListenerState::firstLine), spoken, expected);
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
            case Absent(TransportProtocol protocol, Port port, Optional<WellKnownService> expected) ->
                Optional.of("Nothing listens on "
                        + protocol.label()
                        + " "
                        + port
                        + " of this machine yet"
                        + expected.map(it -> " (usually " + it.name() + ")").orElse("")
                        + ": start the server, or nobody will be answered.");
            case LoopbackOnly(TransportProtocol protocol, Port port) ->
                Optional.of("What listens on "
                        + protocol.label()
                        + " "
                        + port
                        + " only hears this very machine (127.0.0.1): let it listen on 0.0.0.0 in its settings.");
            case OnOtherAddress(TransportProtocol protocol, Port port, InetAddress at, InetAddress here) ->
                Optional.of("What listens on "
                        + protocol.label()
                        + " "
                        + port
                        + " does so at "
                        + at.getHostAddress()
                        + ", and the router sends to "
                        + here.getHostAddress()
                        + ": let it listen on 0.0.0.0 in its settings.");
            case Present one ->
                one.isAnother()
                        ? Optional.of("Port "
                                + one.port()
                                + " is usually "
                                + one.expected().map(WellKnownService::name).orElse("")
                                + ", but what listens here speaks like "
                                + one.spoken().map(WellKnownService::name).orElse("")
                                + " (it said \""
                                + one.said().orElse("")
                                + "\"): is it the right port?")
                        : Optional.empty();
        };
    }
}
