package dev.ajar.gateway.upnp.control;

import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.soap.RetryingService;
import dev.ajar.gateway.upnp.soap.ServicePlace;
import dev.ajar.gateway.upnp.soap.SoapClient;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The actions over SOAP, arguments in the order of the specification. */
public final class SoapWanConnection implements WanConnection {
    private static final int MOST_LISTED = 1000;

    /** The words of WANIPConnection:1, table 2.3, for a line that is not up, and what routers say in their place. */
    private static final Set<String> DOWN =
            Set.of("disconnected", "disconnecting", "connecting", "pendingdisconnect", "unconfigured", "down");

    private final WanService service;
    private final Supplier<RetryingService> connector;
    private final RetryingService calls;
    private final String remoteHost;

    /** @param reread reads the same service out of the router's description again; empty where it is not there */
    public SoapWanConnection(SoapClient soap, WanService service, Supplier<Optional<WanService>> reread) {
        this(service, connector(soap, new ServicePlace(service, reread)));
    }

    private static Supplier<RetryingService> connector(SoapClient soap, ServicePlace place) {
        return () -> new RetryingService(soap, place);
    }

    private SoapWanConnection(WanService service, Supplier<RetryingService> connector) {
        this(service, connector, connector.get(), "");
    }

    private SoapWanConnection(
            WanService service, Supplier<RetryingService> connector, RetryingService calls, String remoteHost) {
        this.service = service;
        this.connector = connector;
        this.calls = calls;
        this.remoteHost = remoteHost;
    }

    @Override
    public WanConnection forRemote(String other) {
        return new SoapWanConnection(service, connector, calls, other);
    }

    @Override
    public WanConnection apart() {
        return new SoapWanConnection(service, connector, connector.get(), remoteHost);
    }

    @Override
    public String remoteHost() {
        return remoteHost;
    }

    @Override
    public boolean hasSecondEdition() {
        return service.hasSecondEdition();
    }

    @Override
    public SoapReply<Success> addPortMapping(PortMappingRequest request, Deadline deadline) {
        return calls.call("AddPortMapping", arguments(request), deadline).map(node -> new Success());
    }

    @Override
    public SoapReply<Port> addAnyPortMapping(PortMappingRequest request, Deadline deadline) {
        return switch (calls.call("AddAnyPortMapping", arguments(request), deadline)) {
            case SoapReply.Success<XmlNode>(XmlNode node) ->
                MappingFields.port(node.textOf("NewReservedPort"))
                        .<SoapReply<Port>>map(SoapReply.Success::new)
                        .orElseGet(() -> new SoapReply.Broken<>(
                                new Failure.Malformed(Message.of("upnp.no-reserved-port"), Optional.empty())));
            case SoapReply.Fault<XmlNode> fault -> new SoapReply.Fault<>(fault.code(), fault.description());
            case SoapReply.Broken<XmlNode>(Failure failure) -> new SoapReply.Broken<>(failure);
        };
    }

    private Map<String, String> arguments(PortMappingRequest request) {
        Map<String, String> arguments = key(request.protocol(), request.externalPort());
        arguments.put("NewInternalPort", request.internal().port().toString());
        arguments.put("NewInternalClient", request.internal().address().getHostAddress());
        arguments.put("NewEnabled", "1");
        arguments.put("NewPortMappingDescription", request.description());
        arguments.put("NewLeaseDuration", Long.toString(request.lease().seconds()));
        return arguments;
    }

    private Map<String, String> key(TransportProtocol protocol, Port externalPort) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("NewRemoteHost", remoteHost);
        arguments.put("NewExternalPort", externalPort.toString());
        arguments.put("NewProtocol", protocol.name());
        return arguments;
    }

    @Override
    public SoapReply<Success> deletePortMapping(TransportProtocol protocol, Port externalPort, Deadline deadline) {
        return calls.call("DeletePortMapping", key(protocol, externalPort), deadline)
                .map(node -> new Success());
    }

    @Override
    public SoapReply<EntryReading> getSpecificPortMappingEntry(
            TransportProtocol protocol, Port externalPort, Deadline deadline) {
        return calls.call("GetSpecificPortMappingEntry", key(protocol, externalPort), deadline)
                .map(node -> MappingFields.specific(node, protocol, externalPort, remoteHost));
    }

    @Override
    public SoapReply<EntryReading> getGenericPortMappingEntry(int index, Deadline deadline) {
        return calls.call(
                        "GetGenericPortMappingEntry", Map.of("NewPortMappingIndex", Integer.toString(index)), deadline)
                .map(MappingFields::entry);
    }

    @Override
    public SoapReply<List<EntryReading>> getListOfPortMappings(TransportProtocol protocol, Deadline deadline) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("NewStartPort", "1");
        arguments.put("NewEndPort", Integer.toString(Port.MAX));
        arguments.put("NewProtocol", protocol.name());
        arguments.put("NewManage", "1");
        arguments.put("NewNumberOfPorts", Integer.toString(MOST_LISTED));
        return calls.call("GetListOfPortMappings", arguments, deadline).map(MappingFields::listing);
    }

    @Override
    public SoapReply<Optional<InetAddress>> getExternalIpAddress(Deadline deadline) {
        return switch (calls.call("GetExternalIPAddress", Map.of(), deadline)) {
            case SoapReply.Success<XmlNode>(XmlNode node) ->
                address(node, addressText(node).strip());
            case SoapReply.Fault<XmlNode>(int code, RouterText text) -> new SoapReply.Fault<>(code, text);
            case SoapReply.Broken<XmlNode>(Failure failure) -> new SoapReply.Broken<>(failure);
        };
    }

    /** An empty argument says that there is no address. One that is missing, or is not an address, says nothing. */
    private static SoapReply<Optional<InetAddress>> address(XmlNode response, String text) {
        Optional<InetAddress> address = Addresses.ipv4(text);
        boolean none = text.isEmpty() && response.child("NewExternalIPAddress").isPresent();
        return none || address.isPresent()
                ? new SoapReply.Success<>(address.filter(some -> !some.isAnyLocalAddress()))
                : new SoapReply.Fault<>(UpnpErrors.NOT_SAID, new RouterText(text));
    }

    /** Some leave the argument's element out and write the address straight into the response. */
    private static String addressText(XmlNode response) {
        String argument = response.textOf("NewExternalIPAddress");
        return argument.isEmpty() ? response.text() : argument;
    }

    @Override
    public SoapReply<Optional<Boolean>> isConnected(Deadline deadline) {
        return calls.call("GetStatusInfo", Map.of(), deadline).map(node -> {
            String status = node.textOf("NewConnectionStatus").strip().toLowerCase(Locale.ROOT);
            // "Up" is what some routers say for "Connected"
            // (miniupnp/miniupnp#147).
            boolean up = status.equals("connected") || status.equals("up");
            return up ? Optional.of(true) : DOWN.contains(status) ? Optional.of(false) : Optional.empty();
        });
    }
}
