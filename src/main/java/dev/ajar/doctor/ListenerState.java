package dev.ajar.doctor;

import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.WellKnownService;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.host.ListeningSocket;
import dev.ajar.system.host.Redirection;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which program listens on a port of this machine. */
public sealed interface ListenerState {
    /** This system does not show it. */
    record Unknown(TransportProtocol protocol, Port port) implements ListenerState {}

    /**
     * @param expected the service that usually uses the port
     * @param overUdp the applications that use the port over UDP alone
     */
    record Absent(TransportProtocol protocol, Port port, Optional<WellKnownService> expected, List<String> overUdp)
            implements ListenerState {
        public Absent {
            overUdp = List.copyOf(overUdp);
        }

        /**
         * What to do, where the other of TCP and UDP is the right one; a program at the wrong one is to be corrected.
         */
        public Message otherProtocol() {
            return protocol == TransportProtocol.UDP && !overUdp.isEmpty()
                    ? Message.of("doctor.not-listening-next")
                    : Message.of(
                            "check.other-protocol",
                            "port",
                            port,
                            "other",
                            protocol.other().label());
        }

        /** Whether TCP is asked for, and the applications that use the port do so over UDP. */
        public boolean isForUdp() {
            return protocol == TransportProtocol.TCP && !overUdp.isEmpty();
        }
    }

    /** None here over that one of TCP and UDP, and one over the other. */
    record OverOther(Absent here) implements ListenerState {}

    /** No program here, and what comes there is sent on to another address or port, as for a container. */
    record SentOn(TransportProtocol protocol, Port port) implements ListenerState {}

    /**
     * What comes there is sent on to another port of this machine, and no program that friends could reach listens
     * there.
     */
    record SentToNone(TransportProtocol protocol, Port port, Port to) implements ListenerState {}

    /** It can be reached over that version of IP alone, and the router sends to an address of the other. */
    record OfOtherVersion(TransportProtocol protocol, Port port, IpVersion version) implements ListenerState {}

    /** Only programs on this machine can reach it. */
    record LoopbackOnly(TransportProtocol protocol, Port port) implements ListenerState {}

    /** At another address of this machine than the router would send to. */
    record OnOtherAddress(TransportProtocol protocol, Port port, InetAddress at, InetAddress here)
            implements ListenerState {}

    /**
     * A program listens where the router sends to.
     *
     * @param said its greeting; empty where it said nothing
     * @param spoken the service that greets so, where that is known
     * @param expected the service that usually uses the port
     */
    record Present(
            TransportProtocol protocol,
            Port port,
            Optional<String> said,
            Optional<WellKnownService> spoken,
            Optional<WellKnownService> expected)
            implements ListenerState {
        /** Whether it speaks another protocol than the port's usual service. */
        public boolean isAnother() {
            return spoken.isPresent()
                    && expected.flatMap(WellKnownService::greets).isPresent()
                    && !expected.flatMap(WellKnownService::greets)
                            .equals(spoken.get().greets());
        }
    }

    /** How long a service may take to send its greeting. */
    Duration PATIENCE = Duration.ofMillis(600);

    static ListenerState at(
            HostProbe hostProbe, ServiceCatalog services, TransportProtocol protocol, Port port, InetAddress here) {
        Optional<WellKnownService> expected = services.at(protocol, port);
        Optional<List<ListeningSocket>> all = hostProbe.host().listeners();
        if (all.isEmpty()) {
            return new Unknown(protocol, port);
        }
        List<ListeningSocket> there = at(all.get(), protocol, port);
        Optional<Redirection> sentOn = hostProbe.host().redirection(protocol, port, IpVersion.of(here));
        if (sentOn.isPresent()) {
            // Whatever listens at the port itself gets nothing of it.
            return sentOn.get()
                    .own()
                    .filter(to ->
                            at(all.get(), protocol, to).stream().noneMatch(one -> isReachable(hostProbe, one, here)))
                    .<ListenerState>map(to -> new SentToNone(protocol, port, to))
                    .orElseGet(() -> new SentOn(protocol, port));
        }
        if (there.isEmpty()) {
            boolean isOverOther = isOverOther(hostProbe, all.get(), protocol, port, here);
            Absent absent = new Absent(protocol, port, expected, new ApplicationCatalog().overUdpAlone(port));
            return isOverOther ? new OverOther(absent) : absent;
        }
        Optional<ListenerState> elsewhere = elsewhere(hostProbe, there, protocol, port, here);
        if (elsewhere.isPresent()) {
            return elsewhere.get();
        }
        // Only where the usual service greets: a game server might take the request for an attack.
        boolean worthAsking = protocol == TransportProtocol.TCP
                && expected.flatMap(WellKnownService::greets).isPresent();
        Optional<String> said = worthAsking ? hostProbe.greeting(here, port, PATIENCE) : Optional.empty();
        Optional<WellKnownService> spoken = said.flatMap(ListenerState::spoken).flatMap(services::greeting);
        return new Present(protocol, port, said.map(ListenerState::firstLine), spoken, expected);
    }

    /** Whether a program that friends could reach listens on that port over the other of TCP and UDP. */
    private static boolean isOverOther(
            HostProbe hostProbe, List<ListeningSocket> all, TransportProtocol protocol, Port port, InetAddress here) {
        return at(all, protocol.other(), port).stream().anyMatch(one -> isReachable(hostProbe, one, here));
    }

    /**
     * Whether programs listen on that port, over TCP or UDP, and none where a friend's connection to this address
     * arrives. Where none listens, one may start later.
     */
    static boolean isMissed(HostProbe hostProbe, TransportProtocol protocol, Port port, InetAddress here) {
        List<ListeningSocket> all = hostProbe.host().listeners().orElse(List.of());
        List<ListeningSocket> there = at(all, protocol, port);
        if (hostProbe.host().redirection(protocol, port, IpVersion.of(here)).isPresent()) {
            return false;
        }
        return there.isEmpty()
                ? isOverOther(hostProbe, all, protocol, port, here)
                : elsewhere(hostProbe, there, protocol, port, here).isPresent();
    }

    /** @param there what listens on the port, which is something */
    private static Optional<ListenerState> elsewhere(
            HostProbe hostProbe, List<ListeningSocket> there, TransportProtocol protocol, Port port, InetAddress here) {
        if (there.stream().allMatch(ListeningSocket::isLoopback) && !here.isLoopbackAddress()) {
            return Optional.of(new LoopbackOnly(protocol, port));
        }
        if (there.stream().anyMatch(one -> isReachable(hostProbe, one, here))) {
            return Optional.empty();
        }
        return there.stream()
                .filter(one -> one.address().isAnyLocalAddress())
                .findFirst()
                .<ListenerState>map(one -> new OfOtherVersion(protocol, port, IpVersion.of(one.address())))
                .or(() -> Optional.of(
                        new OnOtherAddress(protocol, port, there.getFirst().address(), here)));
    }

    private static List<ListeningSocket> at(List<ListeningSocket> all, TransportProtocol protocol, Port port) {
        return all.stream()
                .filter(one -> one.protocol() == protocol && one.port().equals(port))
                .toList();
    }

    /** A program at the wildcard of IPv6 has the port over IPv4 as well, unless another one could still take it. */
    private static boolean isReachable(HostProbe hostProbe, ListeningSocket one, InetAddress here) {
        boolean overOther = one.address().isAnyLocalAddress() && IpVersion.of(one.address()) != IpVersion.of(here);
        return one.isReachableAt(here) && !(overOther && hostProbe.host().isFree(one.protocol(), here, one.port()));
    }

    private static String firstLine(String text) {
        return new RouterText(text.lines().findFirst().orElse("")).display();
    }

    /** A server's first line shows which protocol it speaks. */
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

    /** Whether friends may get an answer, as far as is known. */
    default boolean isReachable() {
        return switch (this) {
            case Unknown ignored -> true;
            case SentOn ignored -> true;
            case Present ignored -> true;
            case Absent ignored -> false;
            case OverOther ignored -> false;
            case SentToNone ignored -> false;
            case OfOtherVersion ignored -> false;
            case LoopbackOnly ignored -> false;
            case OnOtherAddress ignored -> false;
        };
    }

    /**
     * A program listens on these ports over the other of TCP and UDP.
     *
     * @param overUdp the applications that use the ports over UDP alone
     */
    static Message overOther(TransportProtocol protocol, String ports, List<String> overUdp) {
        return protocol == TransportProtocol.UDP && !overUdp.isEmpty()
                ? Message.of("listener.tcp-for-udp", "port", ports, "application", String.join(", ", overUdp))
                : Message.of(
                        "listener.other-protocol",
                        "protocol",
                        protocol.label(),
                        "port",
                        ports,
                        "other",
                        protocol.other().label());
    }

    private static Message hint(Absent absent) {
        String protocol = absent.protocol().label();
        if (absent.isForUdp()) {
            return Message.of(
                    "listener.udp-alone", "port", absent.port(), "application", String.join(", ", absent.overUdp()));
        }
        return absent.expected()
                .map(service -> Message.of(
                        "listener.absent-service",
                        "protocol",
                        protocol,
                        "port",
                        absent.port(),
                        "service",
                        service.name()))
                .orElseGet(() -> Message.of("listener.absent", "protocol", protocol, "port", absent.port()));
    }

    /** What is wrong or unusual about it, as a sentence; empty where nothing is. */
    default Optional<Message> hint() {
        return switch (this) {
            case Unknown ignored -> Optional.empty();
            case SentOn ignored -> Optional.empty();
            case Absent absent -> Optional.of(hint(absent));
            case OverOther(Absent here) ->
                Optional.of(overOther(here.protocol(), here.port().toString(), here.overUdp()));
            case SentToNone(TransportProtocol protocol, Port port, Port to) ->
                Optional.of(Message.of("listener.redirected", "protocol", protocol.label(), "port", port, "to", to));
            case OfOtherVersion(TransportProtocol protocol, Port port, IpVersion version) ->
                Optional.of(Message.of(
                        "listener.other-version",
                        "protocol",
                        protocol.label(),
                        "port",
                        port,
                        "version",
                        version.label(),
                        "other",
                        (version == IpVersion.IPV4 ? IpVersion.IPV6 : IpVersion.IPV4).label()));
            case LoopbackOnly(TransportProtocol protocol, Port port) ->
                Optional.of(Message.of("listener.loopback-only", "protocol", protocol.label(), "port", port));
            case OnOtherAddress(TransportProtocol protocol, Port port, InetAddress at, InetAddress here) ->
                Optional.of(Message.of(
                        "listener.other-address",
                        "protocol",
                        protocol.label(),
                        "port",
                        port,
                        "address",
                        Addresses.text(at),
                        "here",
                        Addresses.text(here)));
            case Present present ->
                Optional.of(present)
                        .filter(Present::isAnother)
                        .map(one -> Message.of(
                                "listener.another-service",
                                "port",
                                one.port(),
                                "service",
                                one.expected().map(WellKnownService::name).orElse(""),
                                "spoken",
                                one.spoken().map(WellKnownService::name).orElse(""),
                                "said",
                                one.said().orElse("")));
        };
    }
}
