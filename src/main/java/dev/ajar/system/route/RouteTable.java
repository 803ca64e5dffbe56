package dev.ajar.system.route;

import java.util.List;

/** Where default routes are read from on systems other than Linux. */
public interface RouteTable {
    /** The default routes of IPv4, best first; empty when there are none or they cannot be read. */
    List<DefaultRoute> defaultRoutes();
}
