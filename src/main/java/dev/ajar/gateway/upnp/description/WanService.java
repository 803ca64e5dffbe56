package dev.ajar.gateway.upnp.description;

import dev.ajar.gateway.upnp.xml.XmlNode;
import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A service that maps ports or opens a firewall.
 *
 * @param type as the router writes it, to be echoed to the letter
 * @param controlUrls where it may be, most likely first; on the router itself, always
 */
public record WanService(String type, List<URI> controlUrls) {
    /** A {@code service} element of the description at {@code location}, with the control URLs on the router. */
    static WanService of(XmlNode service, RouterUrl location, String urlBase) {
        return new WanService(
                service.textOf("serviceType").replaceAll("\\s", ""),
                location.candidates(service.textOf("controlURL"), urlBase).stream()
                        .map(RouterUrl::toUri)
                        .toList());
    }

    /** Whether it has a dslforum-org name: old DSL routers, and TR-064, which needs a password. It is used last. */
    public boolean isLegacy() {
        return type.toLowerCase(Locale.ROOT).contains("dslforum");
    }

    /** Whether it is an IPv6 firewall. */
    boolean isFirewall() {
        return type.toLowerCase(Locale.ROOT).contains(":wanipv6firewallcontrol");
    }

    /** Whether it has the actions of WANIPConnection:2. */
    public boolean hasSecondEdition() {
        return type.toLowerCase(Locale.ROOT).endsWith("wanipconnection:2");
    }
}
