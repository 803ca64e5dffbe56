package dev.ajar.gateway.upnp.search;

import dev.ajar.gateway.upnp.description.RouterUrl;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The locations for which there was no room: every device on the LAN can answer in the router's name, and the true
 * answer may be the last of thousands.
 */
final class CrowdedAnswers {
    /** Bounds memory, not requests. */
    private static final int MOST_KEPT = 4096;

    /** How routers call the description of a gateway. */
    private static final Pattern USUAL =
            Pattern.compile("(?i).*/(root_?desc|igd|gate_?desc|gateway|internetgatewaydevice|device_?desc)[^/]*");

    private final Set<RouterUrl> usual = new LinkedHashSet<>();
    private final Set<RouterUrl> others = new LinkedHashSet<>();

    /** Keeps it for when there is room. */
    void add(RouterUrl location) {
        if (usual.size() + others.size() < MOST_KEPT) {
            (isUsual(location) ? usual : others).add(location);
        }
    }

    static boolean isUsual(RouterUrl location) {
        return USUAL.matcher(String.valueOf(location.toUri().getPath())).matches();
    }

    /** Takes out the likeliest of them. */
    Optional<RouterUrl> next() {
        Set<RouterUrl> from = usual.isEmpty() ? others : usual;
        Optional<RouterUrl> first = from.stream().findFirst();
        first.ifPresent(from::remove);
        return first;
    }
}
