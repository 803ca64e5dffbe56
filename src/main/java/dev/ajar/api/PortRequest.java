package dev.ajar.api;

import dev.ajar.model.LeaseDuration;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A port to open: immutable, and for as many uses as wanted.
 *
 * <pre>{@code
 * PortRequest.tcpAndUdp(27015).external(27016).named("My game").lease(Duration.ofHours(2))
 * }</pre>
 *
 * <p>Without more, the external port is the same as the local one and no other will do, the lease is two hours, the
 * port leads to this machine, and any address of the internet may connect.
 */
public final class PortRequest {
    private static final int LARGEST = 65535;
    private static final int LONGEST_NAME = 60;
    private static final Duration LONGEST = Duration.ofDays(7);

    private final int port;
    private final boolean tcp;
    private final boolean udp;
    private final Options options;

    private record Options(
            int external,
            boolean any,
            Duration lease,
            Optional<InetAddress> device,
            Optional<String> source,
            Optional<String> name,
            Set<String> accepted) {}

    private PortRequest(int port, boolean tcp, boolean udp, Options options) {
        this.port = port;
        this.tcp = tcp;
        this.udp = udp;
        this.options = options;
    }

    /**
     * A TCP port.
     *
     * @param port on which the program listens, 1 to 65535; for a port that the system chose, that of the bound socket
     * @return the request, with the usual options
     * @throws IllegalArgumentException if there is no such port
     */
    public static PortRequest tcp(int port) {
        return of(port, true, false);
    }

    /**
     * A UDP port, as {@link #tcp}.
     *
     * @param port on which the program listens, 1 to 65535
     * @return the request, with the usual options
     * @throws IllegalArgumentException if there is no such port
     */
    public static PortRequest udp(int port) {
        return of(port, false, true);
    }

    /**
     * A port of both protocols, as {@link #tcp}.
     *
     * @param port on which the program listens, 1 to 65535
     * @return the request, with the usual options
     * @throws IllegalArgumentException if there is no such port
     */
    public static PortRequest tcpAndUdp(int port) {
        return of(port, true, true);
    }

    private static PortRequest of(int port, boolean tcp, boolean udp) {
        Options usual = new Options(
                checked(port),
                false,
                Duration.ofSeconds(LeaseDuration.STANDARD.seconds()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of());
        return new PortRequest(port, tcp, udp, usual);
    }

    private static int checked(int port) {
        if (port < 1 || port > LARGEST) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535, not " + port);
        }
        return port;
    }

    private PortRequest with(Options other) {
        return new PortRequest(port, tcp, udp, other);
    }

    /**
     * On that external port of the router.
     *
     * @param external 1 to 65535
     * @return a copy of this request with it
     * @throws IllegalArgumentException if there is no such port
     */
    public PortRequest external(int external) {
        return with(new Options(
                checked(external),
                options.any,
                options.lease,
                options.device,
                options.source,
                options.name,
                options.accepted));
    }

    /**
     * On any free external port if that one is not to be had. With both protocols the two may differ, see
     * {@link PortState.Open}.
     *
     * @return a copy of this request with that
     */
    public PortRequest anyExternalPort() {
        return with(new Options(
                options.external, true, options.lease, options.device, options.source, options.name, options.accepted));
    }

    /**
     * How long the router keeps the port if this machine is switched off. ajar renews it in time.
     *
     * @param lease one second to seven days; what is less than a second is cut off
     * @return a copy of this request with it
     * @throws IllegalArgumentException if it is shorter or longer
     */
    public PortRequest lease(Duration lease) {
        if (lease.toSeconds() < 1 || lease.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a lease lasts from a second to seven days, not " + lease);
        }
        return with(new Options(
                options.external,
                options.any,
                Duration.ofSeconds(lease.toSeconds()),
                options.device,
                options.source,
                options.name,
                options.accepted));
    }

    /**
     * To that other device of the home network. Many routers let a device open ports for itself only.
     *
     * @param device its address there; one outside that network is refused ({@link Reason#BAD_REQUEST})
     * @return a copy of this request with it
     */
    public PortRequest device(InetAddress device) {
        return with(new Options(
                options.external,
                options.any,
                options.lease,
                Optional.of(device),
                options.source,
                options.name,
                options.accepted));
    }

    /**
     * For those addresses only.
     *
     * @param source an address or a network, such as {@code 198.51.100.7} or {@code 198.51.100.0/24}. A router that
     *     cannot limit sources refuses ({@link Reason#UNSUPPORTED})
     * @return a copy of this request with it
     * @throws IllegalArgumentException if it is neither
     */
    public PortRequest onlyFrom(String source) {
        if (!Requests.isSource(source)) {
            throw new IllegalArgumentException("neither an address nor a network: " + source);
        }
        return with(new Options(
                options.external,
                options.any,
                options.lease,
                options.device,
                Optional.of(source),
                options.name,
                options.accepted));
    }

    /**
     * Under that name in the router's list.
     *
     * @param name 1 to 60 printable ASCII characters
     * @return a copy of this request with it
     * @throws IllegalArgumentException if it is not
     */
    public PortRequest named(String name) {
        boolean printable = name.chars().allMatch(c -> c >= 0x20 && c < 0x7F);
        if (name.isBlank() || name.length() > LONGEST_NAME || !printable) {
            throw new IllegalArgumentException("a name has 1 to 60 printable ASCII characters: " + name);
        }
        return with(new Options(
                options.external,
                options.any,
                options.lease,
                options.device,
                options.source,
                Optional.of(name.strip()),
                options.accepted));
    }

    /**
     * The user agreed to open this service to the internet, although it is not safe there.
     *
     * @param service its name as the advice of {@link Reason#UNSAFE} tells it, such as {@code ssh}
     * @return a copy of this request with it, and with those accepted before
     */
    public PortRequest accepting(String service) {
        Set<String> more = new HashSet<>(options.accepted);
        more.add(service);
        return with(new Options(
                options.external,
                options.any,
                options.lease,
                options.device,
                options.source,
                options.name,
                Set.copyOf(more)));
    }

    /** {@return the port on which the program listens} */
    public int port() {
        return port;
    }

    /** {@return whether TCP is asked for} */
    public boolean isTcp() {
        return tcp;
    }

    /** {@return whether UDP is asked for} */
    public boolean isUdp() {
        return udp;
    }

    /** {@return the external port that is asked for} */
    public int external() {
        return options.external;
    }

    /** {@return whether any free external port will do} */
    public boolean isAnyExternalPort() {
        return options.any;
    }

    /** {@return how long the router is asked to keep it, in whole seconds} */
    public Duration lease() {
        return options.lease;
    }

    /** {@return the device it leads to; empty for this machine} */
    public Optional<InetAddress> device() {
        return options.device;
    }

    /** {@return the addresses that may connect; empty for all} */
    public Optional<String> source() {
        return options.source;
    }

    /** {@return its name in the router's list; empty for the usual one} */
    public Optional<String> name() {
        return options.name;
    }

    /** {@return the unsafe services that the user agreed to} */
    public Set<String> accepted() {
        return options.accepted;
    }

    /** Whether both ask for the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PortRequest that
                && port == that.port
                && tcp == that.tcp
                && udp == that.udp
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(port, tcp, udp, options);
    }

    /** For logs: {@code 25565 tcp}. */
    @Override
    public String toString() {
        return options.external
                + (options.external == port ? "" : ":" + port)
                + (tcp ? " tcp" : "")
                + (udp ? " udp" : "");
    }
}
