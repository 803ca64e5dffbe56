package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.upnp.description.LocationRule;
import dev.ajar.gateway.upnp.description.RouterUrl;
import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.http.HttpAnswer;
import dev.ajar.http.RouterHttp;
import dev.ajar.lan.DeviceNames;
import dev.ajar.lan.NameSource;
import dev.ajar.model.Addresses;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.Timeline;
import dev.ajar.system.udp.DatagramPort;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.ReceiveResult;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The names in the descriptions of UPnP devices ({@code friendlyName}, UPnP Device Architecture 1.1, section 2.3):
 * televisions, recorders and consoles have one, and often no other. What devices send is not trusted: a description is
 * read from the device that named it and from no other, within a time and a size.
 */
public final class UpnpNames implements NameSource {
    private static final InetSocketAddress GROUP =
            new InetSocketAddress(Addresses.ipv4(SsdpMessages.GROUP).orElseThrow(), SsdpMessages.PORT);

    /** A device may take a second to answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** For one description, and for all of them. */
    private static final Duration EACH = Duration.ofSeconds(1);

    private static final Duration ALL = Duration.ofSeconds(8);

    private static final int MOST = 64;

    private final DatagramPorts ports;
    private final RouterHttp http;
    private final Timeline timeline;
    private final SsdpMessages messages = new SsdpMessages();

    public UpnpNames(DatagramPorts ports, RouterHttp http, Timeline timeline) {
        this.ports = ports;
        this.http = http;
        this.timeline = timeline;
    }

    @Override
    public Map<Inet4Address, String> of(LocalRoute home, Collection<Inet4Address> devices) {
        Map<Inet4Address, String> names = new HashMap<>();
        Deadline end = Deadline.after(timeline, PATIENCE.plus(ALL));
        descriptions(home, devices).forEach((device, description) -> {
            if (!end.hasPassed()) {
                name(home, description, end.within(EACH)).ifPresent(name -> names.put(device, name));
            }
        });
        return names;
    }

    private Map<Inet4Address, RouterUrl> descriptions(LocalRoute home, Collection<Inet4Address> devices) {
        Map<Inet4Address, RouterUrl> found = new LinkedHashMap<>();
        if (!devices.isEmpty() && ports.searching(home) instanceof Result.Ok<DatagramPort>(DatagramPort port)) {
            try (port) {
                port.send(messages.deviceSearch(), GROUP);
                listen(home, devices, port, found);
            }
        }
        return found;
    }

    private void listen(
            LocalRoute home, Collection<Inet4Address> devices, DatagramPort port, Map<Inet4Address, RouterUrl> found) {
        Deadline end = Deadline.after(timeline, PATIENCE);
        while (!end.hasPassed() && found.size() < MOST) {
            switch (port.receive(end.remaining())) {
                case ReceiveResult.Packet(InetSocketAddress sender, byte[] bytes) -> {
                    if (sender.getAddress() instanceof Inet4Address device && devices.contains(device)) {
                        messages.readLocations(bytes, sender).stream()
                                .map(place -> LocationRule.check(place, device, home, Optional.empty()))
                                .flatMap(place -> place.toOptional().stream())
                                .findFirst()
                                .ifPresent(url -> found.putIfAbsent(device, url));
                    }
                }
                case ReceiveResult.Silence ignored -> {
                    return;
                }
                case ReceiveResult.Interrupted ignored -> {
                    return;
                }
                case ReceiveResult.Unreachable ignored -> {}
            }
        }
    }

    private Optional<String> name(LocalRoute home, RouterUrl description, Deadline deadline) {
        return http
                .get(description.toUri(), home.localAddress(), deadline)
                .toOptional()
                .filter(HttpAnswer::isSuccess)
                .stream()
                .map(HttpAnswer::body)
                .flatMap(body -> LenientXml.read(body).toOptional().stream())
                .flatMap(root -> root.find("friendlyName").stream())
                .map(XmlNode::text)
                .map(text -> new RouterText(text.strip()).display(DeviceNames.LONGEST))
                .filter(name -> !name.isBlank())
                .findFirst();
    }
}
