package dev.ajar.simulator;

import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** The internet side of the router: a host there reaches the ports that the router forwards. */
public final class Internet {
    private final NatTable table;
    private final Forwarder forwarder;

    Internet(NatTable table, Forwarder forwarder) {
        this.table = table;
        this.forwarder = forwarder;
    }

    /** The socket address that stands for that external port; empty when the router has it closed. */
    public Optional<InetSocketAddress> forwardedPort(TransportProtocol protocol, int externalPort) {
        NatTable.NatKey key = new NatTable.NatKey(protocol, externalPort);
        return table.find(key).flatMap(entry -> forwarder.forwardedPort(key));
    }

    /** @throws ConnectException when the router has that port closed */
    public Socket connect(int externalPort) throws IOException {
        InetSocketAddress forwardedPort = forwardedPort(TransportProtocol.TCP, externalPort)
                .orElseThrow(() -> new ConnectException("the router drops it: port " + externalPort + " is closed"));
        return new Socket(forwardedPort.getAddress(), forwardedPort.getPort());
    }
}
