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
 * Which LOCATION may be fetched. Anybody on the LAN can answer a search, so an answer may only point at its own sender;
 * the default gateway's is re-pointed at the gateway, since some name a loopback or an old address
 * (home-assistant/core#57052, tailscale/tailscale#5502).
 */
public final class LocationRule {
    private LocationRule() {}

    public static Result<RouterUrl> check(
            String location, InetAddress sender, LocalRoute route, Optional<InetAddress> gateway) {
        if (route.ipVersion() == IpVersion.IPV6) {
            return ofIpv6(location, sender, route, gateway);
        }
        boolean fromGateway = gateway.filter(sender::equals).isPresent();
        if (!fromGateway && !route.reaches(sender)) {
            return reject(Message.of("upnp.location-outside"));
        }
        Optional<RouterUrl> url = RouterUrl.parse(location);
        if (url.isEmpty() && fromGateway) {
            // A name or an IPv6 address: the port and path may be right all the same.
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
     * A router answers from a global address and has the default route by its link-local one, and nothing tells that both
     * are its own. So whatever port and path is named, the gateway itself is asked there.
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
