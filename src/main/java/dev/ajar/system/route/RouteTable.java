package dev.ajar.system.route;

import java.util.List;

/** Where default routes are read from. */
@FunctionalInterface
public interface RouteTable {
    /** The default routes, best first; empty when there are none or they cannot be read. */
    List<DefaultRoute> defaultRoutes();
}
