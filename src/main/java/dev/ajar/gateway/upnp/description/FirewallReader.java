package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import java.util.List;
import java.util.Optional;

/** Finds the IPv6 firewall in a root description, wherever it stands: some keep it in an IGD:1 document. */
public final class FirewallReader {
    private static final int MOST_SERVICES = 4;

    private FirewallReader() {}

    /** @return a failure where no firewall can be asked */
    public static Result<IgdDescription> read(byte[] description, RouterUrl location) {
        return LenientXml.read(description).flatMap(root -> describe(root, location));
    }

    private static Result<IgdDescription> describe(XmlNode root, RouterUrl location) {
        List<WanService> services = root.tree()
                .filter(node -> node.is("service"))
                .map(node -> WanService.of(node, location, root.textOf("URLBase")))
                .filter(service ->
                        service.isFirewall() && !service.controlUrls().isEmpty())
                .limit(MOST_SERVICES)
                .toList();
        if (services.isEmpty()) {
            return Result.err(new Failure.Unsupported(Message.of("upnp.no-firewall"), Optional.empty()));
        }
        Optional<XmlNode> device = root.find("device");
        String type = device.map(some -> some.textOf("deviceType")).orElse("");
        return Result.ok(new IgdDescription(
                type.strip().endsWith(":2") ? "IGD:2" : "IGD:1",
                text(device, "manufacturer"),
                text(device, "modelName"),
                services));
    }

    private static RouterText text(Optional<XmlNode> device, String name) {
        return new RouterText(device.map(some -> some.textOf(name)).orElse(""));
    }
}
