package dev.ajar.system.route;

import java.util.List;

/** Where default routes are read from. */
public interface RouteTable {
    /** The default routes, best first; empty when there are none or they cannot be read. */
    List<DefaultRoute> defaultRoutes();

    /** Those of IPv6. */
    List<DefaultRoute> ipv6DefaultRoutes();

    /** This machine's IPv6 addresses that are global and meant to last. */
    List<LinuxAddressText.Owned> lastingAddresses();
}
