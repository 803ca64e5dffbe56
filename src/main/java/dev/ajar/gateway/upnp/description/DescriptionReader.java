package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;

import org.jupnp.binding.xml.DescriptorBindingException;
import org.jupnp.binding.xml.UDA10DeviceDescriptorBinderImpl;
import org.jupnp.model.ValidationException;
import org.jupnp.model.meta.DeviceDetails;
import org.jupnp.model.meta.RemoteDevice;
import org.jupnp.model.meta.RemoteDeviceIdentity;
import org.jupnp.model.meta.RemoteService;
import org.jupnp.model.types.UDN;
import org.w3c.dom.Document;

import java.net.InetAddress;
import java.net.MalformedURLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a root description. */
public final class DescriptionReader {
    private static final int SOME_MAX_AGE = 1800;

    /** The most any router has been seen with is three. */
    private static final int MOST_SERVICES = 8;

    private final UDA10DeviceDescriptorBinderImpl binder = new UDA10DeviceDescriptorBinderImpl();

    /**
     * @param location where it was fetched: what its relative addresses are relative to
     * @return a failure that says what the device is instead, when it cannot map ports
     */
    public Result<IgdDescription> read(byte[] description, RouterUrl location) {
        return LenientXml.read(description).flatMap(root -> describe(root, location));
    }

    private Result<IgdDescription> describe(XmlNode root, RouterUrl location) {
        Optional<XmlNode> device = root.find("device");
        if (device.isEmpty()) {
            return Result.err(
                    new Failure.Malformed(
                            "what it sent is not a UPnP description", Optional.empty()));
        }
        String type = device.get().textOf("deviceType").replaceAll("\\s", "");
        return DeviceRepair.repair(device.get(), location)
                .map(
                        repaired ->
                                bind(repaired.document(), location)
                                        .map(bound -> igd(bound, repaired.types(), type)))
                .orElseGet(() -> Result.err(noService(type)));
    }

    private static Failure noService(String type) {
        if (type.contains("InternetGatewayDevice")) {
            return new Failure.Unsupported(
                    "it is a gateway without a port-mapping service", Optional.empty());
        }
        return new Failure.Malformed(
                "it is not a gateway but "
                        + new RouterText(type.isEmpty() ? "something else" : type),
                Optional.empty());
    }

    private Result<RemoteDevice> bind(Document document, RouterUrl location) {
        try {
            InetAddress host = location.host();
            RemoteDeviceIdentity identity =
                    new RemoteDeviceIdentity(
                            new UDN("root"), SOME_MAX_AGE, location.toUri().toURL(), null, host);
            return Result.ok(binder.describe(new RemoteDevice(identity), document));
        } catch (DescriptorBindingException | ValidationException e) {
            return Result.err(
                    new Failure.Malformed(
                            "its description makes no sense: "
                                    + new RouterText(String.valueOf(e.getMessage())),
                            Optional.empty()));
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IgdDescription igd(RemoteDevice root, Map<Integer, String> types, String type) {
        // The binder keeps services in a hash set; document order decides between equals, so it is
        // brought back.
        List<WanService> services =
                Arrays.stream(root.findServices())
                        .sorted((a, b) -> Integer.compare(place(a), place(b)))
                        .map(service -> service(service, types))
                        .sorted((a, b) -> Boolean.compare(a.isLegacy(), b.isLegacy()))
                        .limit(MOST_SERVICES)
                        .toList();
        DeviceDetails details = root.getDetails();
        return new IgdDescription(
                type.contains("InternetGatewayDevice:2") ? "IGD:2" : "IGD:1",
                text(details.getManufacturerDetails().getManufacturer()),
                text(details.getModelDetails().getModelName()),
                services);
    }

    private static int place(RemoteService service) {
        return DeviceRepair.placeOf(service.getServiceId().getId());
    }

    private static WanService service(RemoteService service, Map<Integer, String> types) {
        String asWritten = types.getOrDefault(place(service), service.getServiceType().toString());
        return new WanService(asWritten, service.getControlURI());
    }

    private static RouterText text(String value) {
        return value == null ? RouterText.EMPTY : new RouterText(value);
    }
}
