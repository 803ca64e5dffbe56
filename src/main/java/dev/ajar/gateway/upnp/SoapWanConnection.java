package dev.ajar.gateway.upnp;

import dev.ajar.gateway.upnp.description.WanService;
import dev.ajar.gateway.upnp.soap.SoapClient;
import dev.ajar.gateway.upnp.soap.SoapReply;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import dev.ajar.system.Deadline;

import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The actions over SOAP, arguments in the order of the specification. Where a description leaves open where its control
 * URL leads, the first call finds out.
 */
final class SoapWanConnection implements WanConnection {
    private static final Duration QUERY_TIME = Duration.ofSeconds(5);

    /** Some routers rewrite their firewall before they answer; the architecture allows them 30 s. */
    private static final Duration CHANGE_TIME = Duration.ofSeconds(15);

    /** Where packets get lost, waiting longer for the same connection helps less than another one. */
    private static final Duration HASTY_QUERY_TIME = Duration.ofMillis(2500);

    private static final Duration HASTY_CHANGE_TIME = Duration.ofSeconds(10);

    private static final int MOST_LISTED = 1000;
    private static final int MOST_TRIES = 6;

    private final SoapClient soap;
    private final WanService service;

    /** Which of the service's control URLs is asked. */
    private int place;

    /** Whether somebody answered there. */
    private boolean settled;

    SoapWanConnection(SoapClient soap, WanService service) {
        this.soap = soap;
        this.service = service;
    }

    @Override
    public boolean hasSecondEdition() {
        return service.hasSecondEdition();
    }

    @Override
    public SoapReply<Done> addPortMapping(PortMappingRequest request, Deadline deadline) {
        return call("AddPortMapping", arguments(request), deadline).map(node -> new Done());
    }

    @Override
    public SoapReply<Port> addAnyPortMapping(PortMappingRequest request, Deadline deadline) {
        return switch (call("AddAnyPortMapping", arguments(request), deadline)) {
            case SoapReply.Done<XmlNode>(XmlNode node) ->
                    MappingFields.port(node.textOf("NewReservedPort"))
                            .<SoapReply<Port>>map(SoapReply.Done::new)
                            .orElseGet(
                                    () ->
                                            new SoapReply.Broken<>(
                                                    new Failure.Malformed(
                                                            "the router reserved a port but did not say which",
                                                            Optional.empty())));
            case SoapReply.Fault<XmlNode> fault ->
                    new SoapReply.Fault<>(fault.code(), fault.description());
            case SoapReply.Broken<XmlNode>(Failure failure) -> new SoapReply.Broken<>(failure);
        };
    }

    private static Map<String, String> arguments(PortMappingRequest request) {
        Map<String, String> arguments = key(request.protocol(), request.externalPort());
        arguments.put("NewInternalPort", request.internal().port().toString());
        arguments.put("NewInternalClient", request.internal().address().getHostAddress());
        arguments.put("NewEnabled", "1");
        arguments.put("NewPortMappingDescription", request.description());
        arguments.put("NewLeaseDuration", Long.toString(request.lease().seconds()));
        return arguments;
    }

    private static Map<String, String> key(Protocol protocol, Port externalPort) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("NewRemoteHost", "");
        arguments.put("NewExternalPort", externalPort.toString());
        arguments.put("NewProtocol", protocol.name());
        return arguments;
    }

    @Override
    public SoapReply<Done> deletePortMapping(
            Protocol protocol, Port externalPort, Deadline deadline) {
        return call("DeletePortMapping", key(protocol, externalPort), deadline)
                .map(node -> new Done());
    }

    @Override
    public SoapReply<Optional<ObservedMapping>> getSpecificPortMappingEntry(
            Protocol protocol, Port externalPort, Deadline deadline) {
        return call("GetSpecificPortMappingEntry", key(protocol, externalPort), deadline)
                .map(node -> MappingFields.specific(node, protocol, externalPort));
    }

    @Override
    public SoapReply<Optional<ObservedMapping>> getGenericPortMappingEntry(
            int index, Deadline deadline) {
        return call(
                        "GetGenericPortMappingEntry",
                        Map.of("NewPortMappingIndex", Integer.toString(index)),
                        deadline)
                .map(MappingFields::entry);
    }

    @Override
    public SoapReply<List<ObservedMapping>> getListOfPortMappings(
            Protocol protocol, Deadline deadline) {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("NewStartPort", "1");
        arguments.put("NewEndPort", Integer.toString(Port.MAX));
        arguments.put("NewProtocol", protocol.name());
        arguments.put("NewManage", "1");
        arguments.put("NewNumberOfPorts", Integer.toString(MOST_LISTED));
        return call("GetListOfPortMappings", arguments, deadline).map(MappingFields::listing);
    }

    @Override
    public SoapReply<Optional<InetAddress>> getExternalIpAddress(Deadline deadline) {
        return call("GetExternalIPAddress", Map.of(), deadline)
                .map(
                        node ->
                                Addresses.ipv4(addressText(node))
                                        .filter(address -> !address.isAnyLocalAddress()));
    }

    /** Some leave the argument's element out and write the address straight into the response. */
    private static String addressText(XmlNode response) {
        String argument = response.textOf("NewExternalIPAddress");
        return argument.isEmpty() ? response.text() : argument;
    }

    @Override
    public SoapReply<Boolean> isConnected(Deadline deadline) {
        return call("GetStatusInfo", Map.of(), deadline)
                .map(
                        node -> {
                            String status =
                                    node.textOf("NewConnectionStatus").toLowerCase(Locale.ROOT);
                            // "Up" is what some routers say for "Connected"
                            // (miniupnp/miniupnp#147).
                            return status.equals("connected") || status.equals("up");
                        });
    }

    private SoapReply<XmlNode> call(
            String action, Map<String, String> arguments, Deadline deadline) {
        SoapReply<XmlNode> reply = askPatiently(action, arguments, deadline);
        while (!settled
                && reply instanceof SoapReply.Broken
                && place + 1 < service.controlUrls().size()
                && !deadline.hasPassed()) {
            place++;
            reply = ask(action, arguments, deadline);
        }
        return reply;
    }

    /** Queries change nothing, so one whose answer was lost is asked again; a change is looked for first, elsewhere. */
    private SoapReply<XmlNode> askPatiently(
            String action, Map<String, String> arguments, Deadline whole) {
        boolean query = action.startsWith("Get");
        int tries = query ? MOST_TRIES : 1;
        SoapReply<XmlNode> reply = ask(action, arguments, within(action, whole));
        while (--tries > 0 && isLost(reply) && !whole.hasPassed()) {
            reply = ask(action, arguments, within(action, whole));
        }
        return reply;
    }

    private Deadline within(String action, Deadline whole) {
        boolean query = action.startsWith("Get");
        if (soap.isLosing()) {
            return whole.within(query ? HASTY_QUERY_TIME : HASTY_CHANGE_TIME);
        }
        return whole.within(longer(query ? QUERY_TIME : CHANGE_TIME, whole));
    }

    /** Somebody who is willing to wait longer than usual has a reason. */
    private static Duration longer(Duration usual, Deadline whole) {
        Duration share = whole.remaining().dividedBy(3);
        return share.compareTo(usual) > 0 ? share : usual;
    }

    private static boolean isLost(SoapReply<XmlNode> reply) {
        return reply instanceof SoapReply.Broken<XmlNode>(Failure failure)
                && failure instanceof Failure.TimedOut;
    }

    private SoapReply<XmlNode> ask(
            String action, Map<String, String> arguments, Deadline deadline) {
        SoapReply<XmlNode> reply =
                soap.call(service, service.controlUrls().get(place), action, arguments, deadline);
        settled |= !(reply instanceof SoapReply.Broken);
        return reply;
    }
}
