package dev.ajar.gateway.upnp.search;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.jupnp.model.UnsupportedDataException;
import org.jupnp.model.message.UpnpHeaders;
import org.jupnp.model.message.discovery.OutgoingSearchRequest;
import org.jupnp.model.message.header.HostHeader;
import org.jupnp.model.message.header.RootDeviceHeader;
import org.jupnp.model.message.header.UpnpHeader;
import org.jupnp.transport.impl.DatagramProcessorImpl;

/** Writes searches and reads answers with jUPnP's message classes. */
public final class SsdpMessages {
    /** The group and port all SSDP goes to (UDA 1.1, section 1.1). */
    public static final String GROUP = "239.255.255.250";

    /** The same over IPv6, on the link and on the site (UDA 2.0, annex A.3.1). */
    public static final String LINK_GROUP = "ff02::c";

    public static final String SITE_GROUP = "ff05::c";

    public static final int PORT = 1900;

    /** Longest time, in seconds, a device may take to answer: the least that is allowed. */
    private static final int MX = 1;

    /** What an answer or an announcement is about (UDA 1.1, sections 1.2.2 and 1.3.3). */
    private static final List<String> NAMES = List.of("ST", "NT", "USN");

    private final DatagramProcessorImpl processor = new DatagramProcessorImpl();

    /** A search for {@code target}, addressed to the group. */
    public byte[] multicastSearch(UpnpHeader<?> target) {
        return write(new OutgoingSearchRequest(target, MX));
    }

    /** A search for devices of any kind, addressed to the group. */
    public byte[] deviceSearch() {
        return multicastSearch(new RootDeviceHeader());
    }

    /**
     * A search for {@code target}, addressed to one device (UDA 1.1, section 1.3.2), or to a group of IPv6, which is
     * written in capitals (UDA 2.0, annex A.3.1).
     */
    public byte[] searchAt(UpnpHeader<?> target, InetSocketAddress place) {
        OutgoingSearchRequest request = new OutgoingSearchRequest(target, MX);
        request.getHeaders().remove(UpnpHeader.Type.HOST);
        String text = Addresses.text(place.getAddress());
        String host = switch (IpVersion.of(place.getAddress())) {
            case IPV4 -> text;
            case IPV6 -> "[" + text.toUpperCase(Locale.ROOT) + "]";
        };
        request.getHeaders().add(UpnpHeader.Type.HOST, new HostHeader(host, place.getPort()));
        return write(request);
    }

    private byte[] write(OutgoingSearchRequest request) {
        try {
            DatagramPacket packet = processor.write(request);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        } catch (UnsupportedDataException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What an answer or announcement says of one description.
     *
     * @param location of the description, unchecked
     * @param namesGateway whether it is about a gateway or a part of one, and not about a device of any kind
     */
    record Heard(String location, boolean namesGateway) {}

    /** The locations that {@link #read} finds. */
    public List<String> readLocations(byte[] datagram, InetSocketAddress sender) {
        return read(datagram, sender).stream().map(Heard::location).toList();
    }

    /** One for each description that an answer or announcement names; none for anything else. */
    List<Heard> read(byte[] datagram, InetSocketAddress sender) {
        return SsdpText.normalise(datagram).map(bytes -> parse(bytes, sender)).orElse(List.of());
    }

    private List<Heard> parse(byte[] bytes, InetSocketAddress sender) {
        try {
            DatagramPacket packet = new DatagramPacket(bytes, bytes.length, sender);
            UpnpHeaders headers = processor.read(sender.getAddress(), packet).getHeaders();
            List<String> locations = headers.get("LOCATION");
            boolean namesGateway = NAMES.stream().map(headers::getFirstHeader).anyMatch(SsdpMessages::isOfGateway);
            return locations == null
                    ? List.of()
                    : locations.stream()
                            .map(location -> new Heard(location, namesGateway))
                            .toList();
        } catch (UnsupportedDataException e) {
            return List.of();
        }
    }

    private static boolean isOfGateway(@Nullable String name) {
        return name != null && (name.contains("InternetGatewayDevice") || name.contains(":WAN"));
    }
}
