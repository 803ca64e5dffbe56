package dev.ajar.gateway.upnp.description;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Result;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides which LOCATION may be fetched. Every device on the LAN can answer a search, so an answer may only name its
 * own sender. In an answer of the default gateway the address is replaced by the gateway's, because some routers name a
 * loopback or an old address (home-assistant/core#57052, tailscale/tailscale#5502).
 */
public final class LocationRule {
    private LocationRule() {}

    public static Result<RouterUrl> check(
            String location, InetAddress sender, LocalRoute route, Optional<InetAddress> gateway) {
        if (route.ipVersion() == IpVersion.IPV6) {
            return ofIpv6(location, sender, route, gateway);
        }
        boolean fromGateway = gateway.filter(sender::equals).isPresent();
        if (!fromGateway && !route.reaches(sender) && !mayBeOnLink(sender, route)) {
            return reject(Message.of("upnp.location-outside"));
        }
        Optional<RouterUrl> url = RouterUrl.parse(location);
        if (url.isEmpty() && fromGateway) {
            // The host is a name or an IPv6 address, but port and path may be right.
            return new RouterUrl(sender, 80, "/")
                    .resolve(location)
                    .filter(pointed -> location.strip().toLowerCase(Locale.ROOT).startsWith("http://"))
                    .map(Result::ok)
                    .orElseGet(() -> reject(Message.of("upnp.location-no-http")));
        }
        if (url.isEmpty()) {
            return reject(Message.of("upnp.location-no-address"));
        }
        if (!fromGateway && !url.get().host().equals(sender)) {
            return reject(Message.of("upnp.location-elsewhere"));
        }
        return Result.ok(url.get().at(sender));
    }

    /**
     * Where this machine's address is its whole network, as behind a gateway of another network, the network does not
     * show which devices are on the link. A private address is on none of the internet's machines.
     */
    private static boolean mayBeOnLink(InetAddress sender, LocalRoute route) {
        return route.prefixLength() >= Integer.SIZE - 1 && sender.isSiteLocalAddress();
    }

    /**
     * A router answers from a global address while the default route leads to its link-local one, and nothing shows
     * that both are the same router. So ajar asks the gateway itself at the port and path that were named.
     */
    private static Result<RouterUrl> ofIpv6(
            String location, InetAddress sender, LocalRoute route, Optional<InetAddress> gateway) {
        if (gateway.isEmpty() || !(route.reaches(sender) || sender.isLinkLocalAddress())) {
            return reject(Message.of("upnp.location-outside"));
        }
        return location.strip().toLowerCase(Locale.ROOT).startsWith("http://")
                ? new RouterUrl(gateway.get(), 80, "/")
                        .resolve(location)
                        .map(Result::ok)
                        .orElseGet(() -> reject(Message.of("upnp.location-no-http")))
                : reject(Message.of("upnp.location-no-http"));
    }

    private static Result<RouterUrl> reject(Message why) {
        return Result.err(new Failure.Malformed(why, Optional.empty()));
    }
}
