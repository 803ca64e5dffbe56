package dev.ajar.gateway.upnp.description;

import java.net.URI;
import java.util.List;
import java.util.Locale;

/**
 * A service that maps ports.
 *
 * @param type as the router writes it, to be echoed to the letter
 * @param controlUrls where it may be, most likely first; on the router itself, always
 */
public record WanService(String type, List<URI> controlUrls) {
    /** The dslforum-org names: old DSL routers, and TR-064, which wants a password. Used when nothing else is there. */
    public boolean isLegacy() {
        return type.toLowerCase(Locale.ROOT).contains("dslforum");
    }

    /** Whether it has the actions of WANIPConnection:2. */
    public boolean hasSecondEdition() {
        return type.toLowerCase(Locale.ROOT).endsWith("wanipconnection:2");
    }
}
