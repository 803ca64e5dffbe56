package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.XmlNode;
import java.net.MalformedURLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jupnp.model.ValidationException;
import org.jupnp.model.meta.DeviceDetails;
import org.jupnp.model.meta.Icon;
import org.jupnp.model.meta.ManufacturerDetails;
import org.jupnp.model.meta.ModelDetails;
import org.jupnp.model.meta.RemoteDevice;
import org.jupnp.model.meta.RemoteDeviceIdentity;
import org.jupnp.model.meta.RemoteService;
import org.jupnp.model.types.DeviceType;
import org.jupnp.model.types.InvalidValueException;
import org.jupnp.model.types.UDADeviceType;
import org.jupnp.model.types.UDAServiceId;
import org.jupnp.model.types.UDAServiceType;
import org.jupnp.model.types.UDN;

/**
 * Builds jUPnP's device model from a description, without jUPnP's reader, which loses a device for one fault and
 * resolves external entities (docs/decisions/0022). UDNs and service ids are made up: routers repeat theirs or leave
 * them out.
 */
final class DeviceBuilder {
    /** Required by jUPnP, and used by its registry alone. */
    private static final int MAX_AGE = 1800;

    /** Some routers write the name in another letter case, or leave out the version. */
    private static final Pattern WAN_SERVICE =
            Pattern.compile("urn:([\\w.-]+):service:WAN(IP|PPP)Connection(:[0-9]{1,3})?", Pattern.CASE_INSENSITIVE);

    private final RouterUrl location;
    private final String urlBase;
    private final List<WanService> services = new ArrayList<>();
    private int count;

    DeviceBuilder(RouterUrl location, String urlBase) {
        this.location = location;
        this.urlBase = urlBase;
    }

    /** The services built so far that can map ports, in document order. */
    List<WanService> services() {
        return services;
    }

    /** The device, with its services that can map ports and its embedded devices. */
    RemoteDevice build(XmlNode device) {
        UDN udn = new UDN("device-" + ++count);
        List<RemoteService> own = new ArrayList<>();
        List<RemoteDevice> embedded = new ArrayList<>();
        for (XmlNode list : device.children()) {
            if (list.is("serviceList")) {
                list.children().forEach(service -> addService(service, own));
            } else if (list.is("deviceList")) {
                list.children().stream()
                        .filter(inner -> inner.is("device"))
                        .forEach(inner -> embedded.add(build(inner)));
            }
        }
        DeviceDetails details = new DeviceDetails(
                device.textOf("friendlyName"),
                new ManufacturerDetails(device.textOf("manufacturer")),
                new ModelDetails(device.textOf("modelName"), "", device.textOf("modelNumber")));
        try {
            return new RemoteDevice(
                    new RemoteDeviceIdentity(udn, MAX_AGE, location.toUri().toURL(), null, location.host()),
                    type(device),
                    details,
                    new Icon[0],
                    own.toArray(new RemoteService[0]),
                    embedded.toArray(new RemoteDevice[0]));
        } catch (ValidationException | MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static DeviceType type(XmlNode device) {
        try {
            return DeviceType.valueOf(device.textOf("deviceType"));
        } catch (InvalidValueException e) {
            return new UDADeviceType("InternetGatewayDevice", 1);
        }
    }

    private void addService(XmlNode node, List<RemoteService> own) {
        WanService service = WanService.of(node, location, urlBase);
        Matcher match = WAN_SERVICE.matcher(service.type());
        if (!match.matches() || service.controlUrls().isEmpty()) {
            return;
        }
        services.add(service);
        String name = "WAN" + match.group(2).toUpperCase(Locale.ROOT) + "Connection";
        int version =
                match.group(3) == null ? 1 : Integer.parseInt(match.group(3).substring(1));
        var url = service.controlUrls().getFirst();
        try {
            // The URLs of description and events are never fetched, but the model has to have them.
            own.add(new RemoteService(
                    new UDAServiceType(name, version), new UDAServiceId("service-" + services.size()), url, url, url));
        } catch (ValidationException e) {
            throw new IllegalStateException(e);
        }
    }
}
