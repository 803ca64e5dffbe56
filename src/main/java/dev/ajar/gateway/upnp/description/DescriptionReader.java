package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.WebPage;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jupnp.model.meta.DeviceDetails;
import org.jupnp.model.meta.RemoteDevice;

/** Reads a root description. */
public final class DescriptionReader {
    /** No router seen had more than three. */
    private static final int MOST_SERVICES = 8;

    private DescriptionReader() {}

    /**
     * @param location where it was fetched: what its relative addresses are relative to
     * @return a failure that says what the device is instead, when it cannot map ports
     */
    public static Result<IgdDescription> read(byte[] description, RouterUrl location) {
        return switch (LenientXml.read(description)) {
            case Result.Ok<XmlNode>(XmlNode root) -> describe(root, location);
            case Result.Err<XmlNode>(Failure failure) -> Result.err(WebPage.is(description) ? webPage() : failure);
        };
    }

    /** Some documents have several root devices: the first with a service that maps ports counts. */
    private static Result<IgdDescription> describe(XmlNode root, RouterUrl location) {
        String urlBase = root.textOf("URLBase");
        List<XmlNode> devices = rootDevices(root);
        for (XmlNode device : withLoose(devices, root)) {
            DeviceBuilder builder = new DeviceBuilder(location, urlBase);
            RemoteDevice built = builder.build(device);
            if (!builder.services().isEmpty()) {
                return Result.ok(igd(built, builder.services(), type(device)));
            }
        }
        if (devices.isEmpty()) {
            return Result.err(
                    WebPage.is(root)
                            ? webPage()
                            : new Failure.Malformed(Message.of("upnp.no-description"), Optional.empty()));
        }
        return Result.err(
                noService(devices.stream().map(DescriptionReader::type).toList()));
    }

    private static Failure webPage() {
        return new Failure.Malformed(Message.of("upnp.web-page-for-description"), Optional.empty());
    }

    private static List<XmlNode> rootDevices(XmlNode root) {
        List<XmlNode> side =
                root.children().stream().filter(child -> child.is("device")).toList();
        return side.isEmpty() ? root.find("device").stream().toList() : side;
    }

    /** With, at the end, a device made of all services in the document, whose end tags may be missing. */
    private static List<XmlNode> withLoose(List<XmlNode> devices, XmlNode root) {
        List<XmlNode> all = new ArrayList<>(devices);
        devices.stream().findFirst().ifPresent(first -> all.add(LooseServices.gather(first, root)));
        return all;
    }

    private static String type(XmlNode device) {
        return device.textOf("deviceType").replaceAll("\\s", "");
    }

    private static Failure noService(List<String> types) {
        String type = types.getFirst();
        if (types.stream().anyMatch(some -> isGateway(some, ""))) {
            return new Failure.Unsupported(Message.of("upnp.no-service"), Optional.empty());
        }
        return new Failure.Malformed(
                type.isEmpty()
                        ? Message.of("upnp.no-gateway")
                        : Message.of("upnp.other-device", "type", new RouterText(type)),
                Optional.empty());
    }

    private static IgdDescription igd(RemoteDevice device, List<WanService> found, String type) {
        DeviceDetails details = device.getDetails();
        return new IgdDescription(
                isGateway(type, ":2") ? "IGD:2" : "IGD:1",
                new RouterText(details.getManufacturerDetails().getManufacturer()),
                new RouterText(details.getModelDetails().getModelName()),
                found.stream()
                        .sorted((a, b) -> Boolean.compare(a.isLegacy(), b.isLegacy()))
                        .limit(MOST_SERVICES)
                        .toList());
    }

    private static boolean isGateway(String type, String version) {
        return type.toLowerCase(Locale.ROOT).contains("internetgatewaydevice" + version);
    }
}
