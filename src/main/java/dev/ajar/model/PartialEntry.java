package dev.ajar.model;

import java.net.InetAddress;
import java.util.Optional;

/**
 * An entry of the gateway's table of which something cannot be read: its port, or where it leads. What can be read may
 * still show that it is another's.
 *
 * @param protocol empty where it cannot be read
 * @param externalPort empty where it cannot be read
 * @param internalClient any text, perhaps none
 * @param internalPort empty where it cannot be read
 */
public record PartialEntry(
        Optional<TransportProtocol> protocol,
        Optional<Port> externalPort,
        RouterText internalClient,
        Optional<Port> internalPort,
        RouterText remoteHost,
        RouterText description) {
    /** An answer that shows no entry. */
    public static final PartialEntry NONE = new PartialEntry(
            Optional.empty(), Optional.empty(), RouterText.EMPTY, Optional.empty(), RouterText.EMPTY, RouterText.EMPTY);

    /** Whether the answer had no field at all: that shows no entry. */
    public boolean isBlank() {
        return protocol.isEmpty()
                && externalPort.isEmpty()
                && internalPort.isEmpty()
                && internalClient.isBlank()
                && description.isBlank();
    }

    /** Whether it may be the entry of that port. */
    public boolean mayBe(TransportProtocol other, Port port) {
        return protocol.filter(known -> known != other).isEmpty()
                && externalPort.filter(known -> !known.equals(port)).isEmpty();
    }

    /** Whether {@code entry} is the same one, and whole. */
    public boolean isReadAs(ObservedMapping entry) {
        return externalPort.isPresent()
                && mayBe(entry.protocol(), entry.externalPort())
                && remoteHost.equals(entry.remoteHost());
    }

    /** Whether what can be read leads elsewhere: to another address, or another port. */
    public boolean contradicts(Endpoint internal) {
        // An unspecified address is none.
        Optional<InetAddress> client =
                Addresses.ipv4(internalClient.raw().strip()).filter(address -> !address.isAnyLocalAddress());
        return client.filter(known -> !known.equals(internal.address())).isPresent()
                || internalPort.filter(known -> !known.equals(internal.port())).isPresent();
    }
}
