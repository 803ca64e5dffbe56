package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The actions of a WANIPConnection or WANPPPConnection service that ajar uses, each one exchange with the router. */
public interface WanConnection {
    /** The same service, for entries of one remote host; empty for entries that are for all. */
    WanConnection forRemote(String remoteHost);

    /** The same service, to be asked by another thread at the same time. */
    default WanConnection apart() {
        return this;
    }

    /** The NewRemoteHost of its entries: an address, or empty for all. */
    String remoteHost();

    /** Whether the service has WANIPConnection:2's actions. */
    boolean hasSecondEdition();

    SoapReply<Success> addPortMapping(PortMappingRequest request, Deadline deadline);

    /** The port the router reserved. WANIPConnection:2 only. */
    SoapReply<Port> addAnyPortMapping(PortMappingRequest request, Deadline deadline);

    SoapReply<Success> deletePortMapping(TransportProtocol protocol, Port externalPort, Deadline deadline);

    SoapReply<EntryReading> getSpecificPortMappingEntry(
            TransportProtocol protocol, Port externalPort, Deadline deadline);

    SoapReply<EntryReading> getGenericPortMappingEntry(int index, Deadline deadline);

    /** WANIPConnection:2 only. */
    SoapReply<List<EntryReading>> getListOfPortMappings(TransportProtocol protocol, Deadline deadline);

    /**
     * Empty when the router says that it has none; a fault without a code when it gave something that is not an
     * address.
     */
    SoapReply<Optional<InetAddress>> getExternalIpAddress(Deadline deadline);

    /** Whether the router says that this connection is up; empty where it says neither. */
    SoapReply<Optional<Boolean>> isConnected(Deadline deadline);

    /** The router's plain yes. */
    record Success() {}
}
