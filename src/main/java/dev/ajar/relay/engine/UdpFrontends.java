package dev.ajar.relay.engine;

import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The sockets for clients of one loop. Answers must come from the address that was asked, or the client and its routers
 * drop them; the system chooses the one of its route instead, on a machine with several. For such an address there is a
 * socket of its own, which receives nothing: else it would get other loops' clients too, since the system prefers it to
 * sockets for all addresses. On that loop alone.
 */
final class UdpFrontends {
    /** Addresses that are answered from by a socket of their own. */
    private static final int MOST = 16;

    private static final int IPPROTO_IP = 0;

    /** The address that each datagram was sent to is told (Linux's in.h). Netty passes on no such word of IPv6. */
    private static final int IP_RECVORIGDSTADDR = 20;

    private final DatagramChannel common;
    private final Function<InetAddress, DatagramChannel> opener;
    private final Map<InetAddress, DatagramChannel> own = new HashMap<>();
    private boolean shut;

    /**
     * @param common bound to all addresses
     * @param opener opens a socket for one address that {@linkplain #takeNothing takes nothing}, or throws
     */
    UdpFrontends(DatagramChannel common, Function<InetAddress, DatagramChannel> opener) {
        this.common = common;
        this.opener = opener;
    }

    /** To be called before it is bound. Where the system does not tell, answers leave as it chooses. */
    static void tellAddresses(DatagramChannel common) {
        if (common instanceof EpollDatagramChannel epoll && epoll.fd() instanceof Socket socket) {
            try {
                socket.setIntOpt(IPPROTO_IP, IP_RECVORIGDSTADDR, 1);
            } catch (IOException e) {
                // An old system.
                return;
            }
        }
    }

    /**
     * Connects a bound socket to itself: it gets datagrams of no other, and those it sends may still go anywhere.
     *
     * @param here where it is bound
     */
    static void takeNothing(DatagramChannel own, InetSocketAddress here) throws IOException {
        if (own instanceof EpollDatagramChannel epoll && epoll.fd() instanceof Socket socket) {
            socket.connect(here);
        }
    }

    /**
     * The socket whose answers to that client come from the address it asked.
     *
     * @param address as the system told it
     */
    DatagramChannel answering(InetAddress address, InetSocketAddress client) {
        if (!(address instanceof Inet4Address) || address.isAnyLocalAddress()) {
            return common;
        }
        DatagramChannel there = own.get(address);
        if (there != null) {
            return there;
        }
        if (shut || own.size() >= MOST || address.equals(usual(client)) || !isHere(address)) {
            return common;
        }
        try {
            DatagramChannel fresh = opener.apply(address);
            own.put(address, fresh);
            return fresh;
        } catch (RuntimeException e) {
            // No file descriptor is left: an answer from another address is better than none.
            return common;
        }
    }

    /**
     * The address the system would answer that client from: it tells for a socket that is connected, without sending.
     */
    private static InetAddress usual(InetSocketAddress client) {
        try {
            LinuxSocket probe = LinuxSocket.newSocketDgram(false);
            try {
                probe.connect(client);
                return probe.localAddress().getAddress();
            } finally {
                probe.close();
            }
        } catch (IOException | RuntimeException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    /** Neither a broadcast nor a group. */
    private static boolean isHere(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    void flush() {
        common.flush();
        own.values().forEach(DatagramChannel::flush);
    }

    /** None is opened afterwards. */
    @SuppressWarnings("FutureReturnValueIgnored") // It is done with them.
    void closeOwn() {
        shut = true;
        own.values().forEach(DatagramChannel::close);
        own.clear();
    }
}
