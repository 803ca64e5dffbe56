package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.XmlNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers services from a document whose nesting is broken: each {@code serviceType} and the next {@code controlURL}
 * behind it make one.
 */
final class LooseServices {
    private LooseServices() {}

    /** The device again, with every service of the document directly below it. */
    static XmlNode gather(XmlNode device, XmlNode root) {
        List<XmlNode> services = new ArrayList<>();
        XmlNode type = null;
        for (XmlNode node : root.tree().toList()) {
            if (node.is("serviceType")) {
                type = node;
            } else if (node.is("controlURL") && type != null) {
                services.add(new XmlNode("service", "", List.of(plain(type), plain(node))));
                type = null;
            }
        }
        List<XmlNode> children = new ArrayList<>();
        for (String name : List.of("deviceType", "friendlyName", "manufacturer", "modelName", "modelNumber")) {
            device.find(name).map(LooseServices::plain).ifPresent(children::add);
        }
        children.add(new XmlNode("serviceList", "", services));
        return new XmlNode("device", "", children);
    }

    private static XmlNode plain(XmlNode node) {
        return new XmlNode(node.name(), node.text(), List.of());
    }
}
