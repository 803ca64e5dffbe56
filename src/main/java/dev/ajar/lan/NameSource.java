package dev.ajar.lan;

import dev.ajar.system.LocalRoute;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Another way in which devices tell their names. */
@FunctionalInterface
public interface NameSource {
    /**
     * Asks these devices on the network of a home router.
     *
     * @return the harmless names of those that told one, of at most {@link DeviceNames#LONGEST} characters
     */
    Map<Inet4Address, String> of(LocalRoute home, Collection<Inet4Address> devices);

    /** This one first, and the other one for those that told no name. */
    default NameSource or(NameSource other) {
        return (home, devices) -> {
            Map<Inet4Address, String> names = new HashMap<>(of(home, devices));
            List<Inet4Address> nameless = devices.stream()
                    .filter(device -> !names.containsKey(device))
                    .toList();
            names.putAll(other.of(home, nameless));
            return names;
        };
    }
}
