package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.XmlNode;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Writes a description anew, as a document jUPnP's binder cannot stumble over: only what ajar needs, everything the
 * binder insists on present and well-formed, every control URL absolute and on the router. The router's own text is
 * never parsed by jUPnP, whose XML parser resolves external entities.
 */
final class DeviceRepair {
    private static final String NAMESPACE = "urn:schemas-upnp-org:device-1-0";
    private static final String SOME_DEVICE = "urn:schemas-upnp-org:device:InternetGatewayDevice:1";
    private static final Pattern DEVICE_TYPE = Pattern.compile("urn:[a-zA-Z0-9.-]+:device:[a-zA-Z_0-9-]+:[0-9]{1,3}");

    /** Some write the name in another letter case, or leave out the version. */
    private static final Pattern WAN_SERVICE =
            Pattern.compile("urn:([\\w.-]+):service:WAN(IP|PPP)Connection(:[0-9]{1,3})?", Pattern.CASE_INSENSITIVE);

    /** Our own ids: routers give two services the same, or none, and the place in the document is worth knowing. */
    private static final String SERVICE_ID = "service-";

    private final RouterUrl location;
    private final String urlBase;
    private final Document document;
    private final Map<Integer, WanService> found = new HashMap<>();
    private int count;

    private DeviceRepair(RouterUrl location, String urlBase, Document document) {
        this.location = location;
        this.urlBase = urlBase;
        this.document = document;
    }

    /** Where in the document the service stood that was given this id. */
    static int placeOf(String serviceId) {
        return Integer.parseInt(serviceId.substring(SERVICE_ID.length()));
    }

    /**
     * @param services as the router wrote them, by their place in the document
     */
    record Repaired(Document document, Map<Integer, WanService> services) {}

    /** @return empty when no service in it can map ports */
    static Optional<Repaired> repair(XmlNode device, RouterUrl location, String urlBase) {
        Document document = newDocument();
        DeviceRepair repair = new DeviceRepair(location, urlBase, document);
        Element root = document.createElementNS(NAMESPACE, "root");
        document.appendChild(root);
        Element specVersion = repair.add(root, "specVersion");
        repair.add(specVersion, "major", "1");
        repair.add(specVersion, "minor", "0");
        repair.copy(device, root);
        return repair.found.isEmpty() ? Optional.empty() : Optional.of(new Repaired(document, repair.found));
    }

    private static Document newDocument() {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .newDocument();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private void copy(XmlNode device, Element parent) {
        Element copy = add(parent, "device");
        count++;
        String type = device.textOf("deviceType").replaceAll("\\s", "");
        add(copy, "deviceType", DEVICE_TYPE.matcher(type).matches() ? type : SOME_DEVICE);
        for (String name : new String[] {"friendlyName", "manufacturer", "modelName", "modelNumber"}) {
            add(copy, name, device.textOf(name));
        }
        // Two devices with one UDN lose services in the binder, and some routers give all of theirs
        // the same.
        add(copy, "UDN", "uuid:device-" + count);
        Element services = add(copy, "serviceList");
        Element devices = add(copy, "deviceList");
        for (XmlNode list : device.children()) {
            if (list.is("serviceList")) {
                list.children().forEach(service -> copyService(service, services));
            } else if (list.is("deviceList")) {
                list.children().stream().filter(inner -> inner.is("device")).forEach(inner -> copy(inner, devices));
            }
        }
    }

    private void copyService(XmlNode service, Element services) {
        String type = service.textOf("serviceType").replaceAll("\\s", "");
        Matcher match = WAN_SERVICE.matcher(type);
        List<URI> control = location.candidates(service.textOf("controlURL"), urlBase).stream()
                .map(RouterUrl::toUri)
                .toList();
        if (!match.matches() || control.isEmpty()) {
            return;
        }
        count++;
        String url = control.getFirst().toString();
        Element copy = add(services, "service");
        found.put(count, new WanService(type, control));
        String version = match.group(3) == null ? ":1" : match.group(3);
        String kind = match.group(2).toUpperCase(Locale.ROOT);
        // As the binder knows it; the router is called by the name it gave itself.
        add(copy, "serviceType", "urn:schemas-upnp-org:service:WAN" + kind + "Connection" + version);
        add(copy, "serviceId", "urn:upnp-org:serviceId:" + SERVICE_ID + count);
        add(copy, "controlURL", url);
        // Never fetched; the binder wants them.
        add(copy, "SCPDURL", url);
        add(copy, "eventSubURL", url);
    }

    private Element add(Element parent, String name) {
        Element child = document.createElementNS(NAMESPACE, name);
        parent.appendChild(child);
        return child;
    }

    private void add(Element parent, String name, String text) {
        add(parent, name).setTextContent(text);
    }
}
