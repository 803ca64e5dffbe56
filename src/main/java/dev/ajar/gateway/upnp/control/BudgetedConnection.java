package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A service whose every call is counted. Going through its list counts as one. */
final class BudgetedConnection implements WanConnection {
    private final WanConnection wan;
    private final RequestBudget requestBudget;

    BudgetedConnection(WanConnection wan, RequestBudget requestBudget) {
        this.wan = wan;
        this.requestBudget = requestBudget;
    }

    @Override
    public WanConnection forRemote(String remoteHost) {
        return new BudgetedConnection(wan.forRemote(remoteHost), requestBudget);
    }

    @Override
    public String remoteHost() {
        return wan.remoteHost();
    }

    @Override
    public boolean hasSecondEdition() {
        return wan.hasSecondEdition();
    }

    @Override
    public SoapReply<Success> addPortMapping(PortMappingRequest request, Deadline deadline) {
        requestBudget.spend();
        return wan.addPortMapping(request, deadline);
    }

    @Override
    public SoapReply<Port> addAnyPortMapping(PortMappingRequest request, Deadline deadline) {
        requestBudget.spend();
        return wan.addAnyPortMapping(request, deadline);
    }

    @Override
    public SoapReply<Success> deletePortMapping(TransportProtocol protocol, Port externalPort, Deadline deadline) {
        requestBudget.spend();
        return wan.deletePortMapping(protocol, externalPort, deadline);
    }

    @Override
    public SoapReply<EntryReading> getSpecificPortMappingEntry(
            TransportProtocol protocol, Port externalPort, Deadline deadline) {
        requestBudget.spend();
        return wan.getSpecificPortMappingEntry(protocol, externalPort, deadline);
    }

    @Override
    public SoapReply<EntryReading> getGenericPortMappingEntry(int index, Deadline deadline) {
        if (index == 0) {
            requestBudget.spend();
        }
        return wan.getGenericPortMappingEntry(index, deadline);
    }

    @Override
    public SoapReply<List<EntryReading>> getListOfPortMappings(TransportProtocol protocol, Deadline deadline) {
        requestBudget.spend();
        return wan.getListOfPortMappings(protocol, deadline);
    }

    @Override
    public SoapReply<Optional<InetAddress>> getExternalIpAddress(Deadline deadline) {
        requestBudget.spend();
        return wan.getExternalIpAddress(deadline);
    }

    @Override
    public SoapReply<Optional<Boolean>> isConnected(Deadline deadline) {
        requestBudget.spend();
        return wan.isConnected(deadline);
    }
}
