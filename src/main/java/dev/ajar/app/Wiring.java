package dev.ajar.app;

import dev.ajar.catalog.ProfileCatalog;
import dev.ajar.discovery.Discovery;
import dev.ajar.discovery.GatewaySource;
import dev.ajar.discovery.RecentLocations;
import dev.ajar.doctor.HostProbe;
import dev.ajar.doctor.SystemHostProbe;
import dev.ajar.gateway.GatewayFinder;
import dev.ajar.gateway.pxp.PxpFinder;
import dev.ajar.gateway.pxp.PxpGatewayFactory;
import dev.ajar.gateway.pxp.PxpProtocols;
import dev.ajar.gateway.upnp.UpnpProtocol;
import dev.ajar.gateway.upnp.search.SsdpTargets;
import dev.ajar.gateway.upnp.search.UpnpFinder;
import dev.ajar.gateway.upnp.search.UpnpGatewayFactory;
import dev.ajar.gateway.upnp.search.UpnpNames;
import dev.ajar.http.RouterHttp;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.exchange.KeeperStore;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.lan.NameSource;
import dev.ajar.lan.RouterNames;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.request.Progress;
import dev.ajar.model.MappingProtocols;
import dev.ajar.state.StateStore;
import dev.ajar.system.NeighbourTable;
import dev.ajar.system.NetworkView;
import dev.ajar.system.SecureNonces;
import dev.ajar.system.SystemNetworkView;
import dev.ajar.system.SystemPause;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.Timeline;
import dev.ajar.system.capture.ThisMachine;
import dev.ajar.system.host.HostInspector;
import dev.ajar.system.host.LinuxHostInspector;
import dev.ajar.system.host.MacHostInspector;
import dev.ajar.system.host.Neighbour;
import dev.ajar.system.host.NftProgram;
import dev.ajar.system.host.SystemPortProbe;
import dev.ajar.system.host.WindowsHostInspector;
import dev.ajar.system.udp.NioDatagramPorts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Puts the parts together, for one network.
 *
 * @param pxpPort where NAT-PMP and PCP servers listen
 * @param plugins the protocols that can be used
 * @param places where this process has found routers
 */
public record Wiring(
        NetworkView network,
        SsdpTargets ssdp,
        int pxpPort,
        Timeline timeline,
        List<ProtocolPlugin> plugins,
        RecentLocations places) {
    /** Every protocol that ajar speaks. */
    private static final List<ProtocolPlugin> PLUGINS = List.of(
            new ProtocolPlugin(
                    List.of(PxpProtocols.PCP, PxpProtocols.NAT_PMP), wiring -> new PxpFinder(wiring.pxpGateways())),
            new ProtocolPlugin(
                    List.of(UpnpProtocol.UPNP),
                    wiring -> new UpnpFinder(new NioDatagramPorts(), wiring.ssdp, wiring.upnpGateways())));

    /** This machine's network and the ports the standards name. */
    public static Wiring real() {
        Timeline timeline = new SystemTimeline();
        return new Wiring(
                new SystemNetworkView(ThisMachine.followed(System.getProperty("os.name", ""), timeline)),
                SsdpTargets.standard(),
                PxpGatewayFactory.SERVER_PORT,
                timeline,
                PLUGINS,
                new RecentLocations());
    }

    /** A network on loopback, whose router listens at ports of its own. */
    static Wiring loopback(NetworkView lan, int ssdpPort, int pxpPort, Timeline timeline) {
        return new Wiring(lan, new SsdpTargets(List.of(), ssdpPort), pxpPort, timeline, PLUGINS, new RecentLocations());
    }

    /** With one more protocol. */
    public Wiring with(ProtocolPlugin plugin) {
        List<ProtocolPlugin> all = new ArrayList<>(plugins);
        all.add(plugin);
        return new Wiring(network, ssdp, pxpPort, timeline, List.copyOf(all), places);
    }

    /** With the network as it is at the first look: every part of one command sees the same machine. */
    Wiring forOneCommand() {
        return new Wiring(network.once(), ssdp, pxpPort, timeline, plugins, places);
    }

    public PortMapper actions(StateStore store, Progress progress) {
        return new PortMapper(
                gateways(network, Optional::empty, places.and(() -> store.peek().locations())),
                store,
                timeline,
                progress);
    }

    public Keeper keeper(KeeperStore store, OwnerScope scope, Consumer<KeeperEvent> events) {
        return new Keeper(
                // A command asks its user instead; what keeps ports open for long goes by the setting.
                gateways(network, this::lastResort, places),
                network,
                store,
                timeline,
                new SystemPause(),
                new SecureNonces(),
                scope,
                events);
    }

    /** What devices of the home network call themselves in their descriptions, or else what their router calls them. */
    NameSource deviceNames() {
        NioDatagramPorts ports = new NioDatagramPorts();
        return new UpnpNames(ports, RouterHttp.on(System.getProperty("os.name", "")), timeline)
                .or(new RouterNames(ports, timeline, new SecureNonces()));
    }

    /** This machine, and its router's public pages. */
    HostProbe hostProbe() {
        return new SystemHostProbe(network, () -> RouterHttp.on(System.getProperty("os.name", "")), timeline, host());
    }

    /** Tells the network cards of this machine's neighbours. */
    NeighbourTable neighbours() {
        return host()::neighbour;
    }

    /** This machine's neighbours; none where the system does not show them. */
    List<Neighbour> neighbourList() {
        return host().neighbours().orElse(List.of());
    }

    private static HostInspector host() {
        String system = System.getProperty("os.name", "");
        if (system.startsWith("Windows")) {
            return new WindowsHostInspector(System.getenv());
        }
        return system.startsWith("Mac")
                ? new MacHostInspector()
                : new LinuxHostInspector(Path.of("/"), new NftProgram(), new SystemPortProbe());
    }

    private GatewaySource gateways(
            NetworkView networks, Supplier<Optional<GatewayFinder>> lastResort, RecentLocations known) {
        return new Discovery(
                networks,
                plugins.stream().map(plugin -> plugin.finder().apply(this)).toList(),
                lastResort,
                known);
    }

    private Optional<GatewayFinder> lastResort() {
        return plugins.stream()
                .filter(plugin -> plugin.agreed().test(protocols()))
                .findFirst()
                .map(plugin -> plugin.finder().apply(this));
    }

    private PxpGatewayFactory pxpGateways() {
        return new PxpGatewayFactory(new NioDatagramPorts(), pxpPort, timeline, new SecureNonces(), host()::neighbour);
    }

    private UpnpGatewayFactory upnpGateways() {
        return new UpnpGatewayFactory(
                RouterHttp.on(System.getProperty("os.name", "")),
                new ProfileCatalog(),
                timeline,
                new SecureNonces(),
                host()::neighbour);
    }

    public MappingProtocols protocols() {
        return new MappingProtocols(
                plugins.stream().flatMap(plugin -> plugin.protocols().stream()).toList());
    }
}
