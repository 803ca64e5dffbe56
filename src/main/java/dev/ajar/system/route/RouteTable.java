package dev.ajar.system.route;

import dev.ajar.model.IpVersion;
import java.util.List;

/** Where default routes are read from on systems other than Linux. */
public interface RouteTable {
    /** The default routes of that version of IP, best first; empty when there are none or they cannot be read. */
    List<DefaultRoute> defaultRoutes(IpVersion ipVersion);
}
