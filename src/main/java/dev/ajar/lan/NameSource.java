package dev.ajar.lan;

import dev.ajar.system.LocalRoute;
import java.net.Inet4Address;
import java.util.Collection;
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
}
