package dev.ajar.system;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.function.BooleanSupplier;

/**
 * What the kernel answers at once when this machine's own firewall does not let a packet out: EPERM or EACCES. The
 * runtime keeps of them a class and a text in the user's language, so the class decides, and the kernel itself about
 * the network.
 */
public final class OwnFirewall {
    private OwnFirewall() {}

    /**
     * Whether the failure of a first packet, by a send or a connect, means that this machine itself forbids it.
     *
     * @param source the socket's own address
     */
    public static boolean keepsIn(IOException error, InetAddress source, InetSocketAddress destination) {
        // Over IPv6 a router's refusal is EACCES as well (icmpv6_err_convert in the kernel's net/ipv6/icmp.c).
        boolean mayBeRefusal = error instanceof BindException && destination.getAddress() instanceof Inet6Address;
        return !mayBeRefusal && keepsIn(error, () -> hasRoute(source, destination));
    }

    /**
     * EPERM is a plain {@link SocketException}, of a connected socket for datagrams a plain {@link IOException}, and
     * EACCES a {@link BindException} (the JDK's {@code sun.nio.ch.Net} and {@code IOUtil}). Refusals by the other side
     * and hosts out of reach have classes of their own; a network out of reach has not, so the kernel is asked for its
     * route.
     */
    static boolean keepsIn(IOException error, BooleanSupplier hasRoute) {
        boolean plain = error.getClass() == SocketException.class
                || error.getClass() == IOException.class
                || error instanceof BindException;
        return plain && hasRoute.getAsBoolean();
    }

    /** Connecting a socket for datagrams sends nothing. */
    private static boolean hasRoute(InetAddress source, InetSocketAddress destination) {
        StandardProtocolFamily family = destination.getAddress().getAddress().length == Integer.BYTES
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        try (DatagramChannel channel = DatagramChannel.open(family)) {
            channel.bind(new InetSocketAddress(source, 0));
            channel.connect(destination);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
