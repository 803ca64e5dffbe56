package dev.ajar.gateway.upnp;

import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A service whose every call is counted. Going through its list counts as one. */
final class MeteredConnection implements WanConnection {
    private final WanConnection wan;
    private final Meter meter;

    MeteredConnection(WanConnection wan, Meter meter) {
        this.wan = wan;
        this.meter = meter;
    }

    @Override
    public WanConnection forRemote(String remoteHost) {
        return new MeteredConnection(wan.forRemote(remoteHost), meter);
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
    public SoapReply<Done> addPortMapping(PortMappingRequest request, Deadline deadline) {
        meter.spend();
        return wan.addPortMapping(request, deadline);
    }

    @Override
    public SoapReply<Port> addAnyPortMapping(PortMappingRequest request, Deadline deadline) {
        meter.spend();
        return wan.addAnyPortMapping(request, deadline);
    }

    @Override
    public SoapReply<Done> deletePortMapping(Protocol protocol, Port externalPort, Deadline deadline) {
        meter.spend();
        return wan.deletePortMapping(protocol, externalPort, deadline);
    }

    @Override
    public SoapReply<Optional<ObservedMapping>> getSpecificPortMappingEntry(
            Protocol protocol, Port externalPort, Deadline deadline) {
        meter.spend();
        return wan.getSpecificPortMappingEntry(protocol, externalPort, deadline);
    }

    @Override
    public SoapReply<Optional<ObservedMapping>> getGenericPortMappingEntry(int index, Deadline deadline) {
        if (index == 0) {
            meter.spend();
        }
        return wan.getGenericPortMappingEntry(index, deadline);
    }

    @Override
    public SoapReply<List<ObservedMapping>> getListOfPortMappings(Protocol protocol, Deadline deadline) {
        meter.spend();
        return wan.getListOfPortMappings(protocol, deadline);
    }

    @Override
    public SoapReply<Optional<InetAddress>> getExternalIpAddress(Deadline deadline) {
        meter.spend();
        return wan.getExternalIpAddress(deadline);
    }

    @Override
    public SoapReply<Boolean> isConnected(Deadline deadline) {
        meter.spend();
        return wan.isConnected(deadline);
    }
}
