package dev.ajar.doctor;

import dev.ajar.catalog.RouterGuide;
import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.RouterSurvey;
import dev.ajar.model.Mapping;
import dev.ajar.system.LocalRoute;
import dev.ajar.system.host.FirewallState;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * All that was found out.
 *
 * @param tunnelled whether the default route goes through a tunnel
 * @param home the network a home router can be on
 * @param neighbourHeard whether the gateway's network card has been heard of
 * @param replies what this machine's firewall does with answers to questions of its own
 * @param guide of the router's make; the one for any other where it is not known
 * @param port what was found out about one port; empty where none was asked about
 */
public record Facts(
        List<LocalRoute> routes,
        boolean tunnelled,
        Optional<LocalRoute> home,
        boolean container,
        boolean neighbourHeard,
        FirewallState replies,
        RouterSurvey survey,
        RouterGuide guide,
        Optional<OfPort> port) {
    public Facts {
        routes = List.copyOf(routes);
    }

    Facts with(OfPort one) {
        return new Facts(routes, tunnelled, home, container, neighbourHeard, replies, survey, guide, Optional.of(one));
    }

    /**
     * What was found out about one port.
     *
     * @param wanted where it should lead
     * @param trial what came of opening it for a moment; empty where it was not tried
     * @param untried why it was not tried, for people; empty where it was, or was not to be
     * @param leftOpen whether what was opened for the trial could not be closed again
     * @param here this machine's address
     */
    public record OfPort(
            Mapping wanted,
            InetAddress here,
            ListenerState listening,
            FirewallState firewall,
            Optional<OpenReport> trial,
            Optional<String> untried,
            boolean leftOpen) {}
}
