package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.LenientXml;
import dev.ajar.gateway.upnp.xml.XmlNode;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        List<WanService> services = new ArrayList<>();
        for (XmlNode node : root.tree().filter(some -> some.is("service")).toList()) {
            String type = node.textOf("serviceType").replaceAll("\\s", "");
            List<URI> control = location.candidates(node.textOf("controlURL"), root.textOf("URLBase")).stream()
                    .map(RouterUrl::toUri)
                    .toList();
            if (isFirewall(type) && !control.isEmpty() && services.size() < MOST_SERVICES) {
                services.add(new WanService(type, control));
            }
        }
        if (services.isEmpty()) {
            return Result.err(new Failure.Unsupported(
                    Message.verbatim("its description has no IPv6 firewall that can be asked"), Optional.empty()));
        }
        Optional<XmlNode> device = root.find("device");
        String type = device.map(some -> some.textOf("deviceType")).orElse("");
        return Result.ok(new IgdDescription(
                type.strip().endsWith(":2") ? "IGD:2" : "IGD:1",
                text(device, "manufacturer"),
                text(device, "modelName"),
                services));
    }

    private static boolean isFirewall(String type) {
        return type.toLowerCase(Locale.ROOT).contains(":wanipv6firewallcontrol");
    }

    private static RouterText text(Optional<XmlNode> device, String name) {
        return new RouterText(device.map(some -> some.textOf(name)).orElse(""));
    }
}
