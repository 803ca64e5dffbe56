package dev.ajar.app;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;

/**
 * The wiring for the network of an embedded router: loopback, and its own ports. Apart, so that ajar-core has no
 * simulator.
 */
public final class EmbeddedWiring {
    private EmbeddedWiring() {}

    public static Wiring of(EmbeddedRouter router, Timeline timeline) {
        return of(router.lan(), router, timeline);
    }

    /** The same with another view of that network. */
    public static Wiring of(NetworkView lan, EmbeddedRouter router, Timeline timeline) {
        return Wiring.loopback(lan, router.ssdpPort(), router.pxpPort(), timeline);
    }
}
