package dev.ajar.app;

import dev.ajar.discovery.Discovery;
import dev.ajar.discovery.Gateways;
import dev.ajar.doctor.Premises;
import dev.ajar.gateway.pxp.PxpFinder;
import dev.ajar.gateway.pxp.PxpGateways;
import dev.ajar.gateway.upnp.SsdpTargets;
import dev.ajar.gateway.upnp.UpnpFinder;
import dev.ajar.gateway.upnp.UpnpGateways;
import dev.ajar.gateway.upnp.http.RouterHttp;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.KeeperStore;
import dev.ajar.keeper.Mandate;
import dev.ajar.manager.Actions;
import dev.ajar.manager.Progress;
import dev.ajar.profile.ProfileCatalog;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.state.StateStore;
import dev.ajar.system.HomeNetwork;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SecureNonces;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.SystemPause;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.system.host.Host;
import dev.ajar.system.host.LinuxHost;
import dev.ajar.system.host.NftProgram;
import dev.ajar.system.route.SystemRouteTable;
import dev.ajar.system.udp.DatagramPorts;
import dev.ajar.system.udp.NioDatagramPorts;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Puts the parts together, for one network.
 *
 * @param pxpPort where NAT-PMP and PCP servers listen
 */
public record Wiring(NetworkView network, SsdpTargets ssdp, int pxpPort, Timeline timeline) {
    /** This machine's network and the ports the standards name. */
    public static Wiring real() {
        return new Wiring(
                new SystemNetworkView(new SystemRouteTable(System.getProperty("os.name", ""))),
                SsdpTargets.standard(),
                PxpGateways.SERVER_PORT,
                new SystemTimeline());
    }

    /** The network of an embedded router: loopback and the ports it happened to get. */
    public static Wiring embedded(EmbeddedRouter router, Timeline timeline) {
        return embedded(router.lan(), router.ssdpPort(), router.pxpPort(), timeline);
    }

    static Wiring embedded(NetworkView lan, int ssdpPort, int pxpPort, Timeline timeline) {
        return new Wiring(lan, new SsdpTargets(List.of(), ssdpPort), pxpPort, timeline);
    }

    public Actions actions(StateStore store, Progress progress) {
        return new Actions(gateways(network), store, timeline, progress);
    }

    /** Keeps what is wanted open, on the networks a home router can be on. */
    public Keeper keeper(KeeperStore store, Mandate mandate, Consumer<KeeperEvent> events) {
        NetworkView home = new HomeNetwork(network);
        return new Keeper(
                gateways(home), home, store, timeline, new SystemPause(), new SecureNonces(), mandate, events);
    }

    /** This machine, and what its router shows to everybody. */
    Premises premises() {
        return new SystemPremises(network, new RouterHttp(userAgent()), timeline, host());
    }

    private static Host host() {
        return new LinuxHost(Path.of("/"), new NftProgram());
    }

    private Gateways gateways(NetworkView networks) {
        DatagramPorts ports = new NioDatagramPorts();
        SecureNonces random = new SecureNonces();
        PxpGateways pxp = new PxpGateways(ports, pxpPort, timeline, random, host()::neighbour);
        UpnpGateways upnp = new UpnpGateways(
                new RouterHttp(userAgent()), new ProfileCatalog(), timeline, random, host()::neighbour);
        return new Discovery(networks, List.of(new PxpFinder(pxp), new UpnpFinder(ports, ssdp, upnp)));
    }

    /** In the form the UPnP Device Architecture asks for. */
    private static String userAgent() {
        return System.getProperty("os.name", "").replace(' ', '-') + "/1 UPnP/1.1 ajar/1";
    }
}
