package dev.ajar.simulator;

import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A running simulated router. */
public final class EmbeddedRouter implements AutoCloseable {
    private final InetAddress address;
    private final NetworkView lan = new LoopbackLan();
    private final Forwarder forwarder = new Forwarder();
    private final Arrivals arrivals = new Arrivals();
    private final List<EmbeddedRouter> neighbours = new ArrayList<>();
    private final URI location;
    private final NatTable table;
    private final FaultPlayer faults;
    private final TextEdits edits;
    private final HttpServer http;
    private final SsdpServer ssdp;
    private final PxpServer pxp;

    private EmbeddedRouter(RouterScript script, Timeline timeline, int pxpPort) throws IOException {
        address = script.address();
        table = new NatTable(timeline, forwarder);
        script.entries().forEach(table::put);
        faults = new FaultPlayer(script.faultScript());
        List<ServerSocket> servers = new ArrayList<>();
        servers.add(new ServerSocket(0, 50, address));
        if (script.controlTarget()) {
            servers.add(new ServerSocket(0, 50, address));
        }
        UnaryOperator<String> placeholders = placeholders(servers);
        location = URI.create(placeholders.apply(RouterScript.USUAL_LOCATION));
        edits = new TextEdits(() -> faults.script().edits(), placeholders);
        http = new HttpServer(script, servers, new SoapServer(script, table), faults, edits, arrivals, placeholders);
        for (RouterScript neighbour : script.neighbours()) {
            neighbours.add(new EmbeddedRouter(neighbour, timeline, 0));
        }
        List<SsdpServer> listeners =
                neighbours.stream().map(neighbour -> neighbour.ssdp).toList();
        ssdp = new SsdpServer(address, script, placeholders, faults, edits, arrivals, listeners);
        pxp = new PxpServer(address, pxpPort, script, table, faults, arrivals, timeline);
    }

    private UnaryOperator<String> placeholders(List<ServerSocket> servers) {
        String port = Integer.toString(servers.getFirst().getLocalPort());
        String controlPort = Integer.toString(servers.getLast().getLocalPort());
        return text -> text.replace("{host}", address.getHostAddress())
                .replace("{port}", port)
                .replace("{control_port}", controlPort);
    }

    public static EmbeddedRouter start(RouterScript script, Timeline timeline) throws IOException {
        return new EmbeddedRouter(script, timeline, 0);
    }

    /**
     * On a fixed port, which must be free.
     *
     * @param pxpPort for NAT-PMP and PCP
     */
    public static EmbeddedRouter start(RouterScript script, Timeline timeline, int pxpPort) throws IOException {
        return new EmbeddedRouter(script, timeline, pxpPort);
    }

    /** Its address on the LAN, which is loopback. */
    public InetAddress address() {
        return address;
    }

    /** The UDP port it answers searches on, in the place of 1900. */
    public int ssdpPort() {
        return ssdp.port();
    }

    /** The UDP port it speaks NAT-PMP and PCP on, in the place of 5351. */
    public int pxpPort() {
        return pxp.port();
    }

    public URI location() {
        return location;
    }

    /** The router as seen from the internet. */
    public Internet internet() {
        return new Internet(table, forwarder);
    }

    /** The requests to it, in order: SOAP actions, {@code description}, {@code ssdp}, {@code nat-pmp-map} and so on. */
    public List<String> asked() {
        return faults.asked();
    }

    /** Everything that reached it, understood or not, in order. */
    public List<Arrival> arrivals() {
        return arrivals.all();
    }

    /** How often something was asked, in the words of a script's rules: {@code soap}, {@code pcp-map} and so on. */
    public long asked(String what) {
        return faults.count(what);
    }

    /** The most HTTP requests it served at the same time. */
    public int busiest() {
        return http.busiest();
    }

    /** Edits of the script that had no effect: most likely mistakes in it. */
    public List<String> idleEdits() {
        return edits.idle().stream().map(edit -> edit.on() + ": " + edit.find()).toList();
    }

    /** The other routers of the same network. */
    public List<EmbeddedRouter> neighbours() {
        return List.copyOf(neighbours);
    }

    /** Its table, an entry a line: {@code tcp 25565 -> 127.0.0.1:25565 "ajar" 3600}. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        table.all()
                .forEach(entry -> lines.add(entry.key().protocol().label()
                        + " "
                        + entry.key().externalPort()
                        + " -> "
                        + entry.internal()
                        + " \""
                        + entry.description()
                        + "\" "
                        + entry.leaseSeconds()));
        return lines;
    }

    /** From now on, what the router gets wrong is this, and nothing else. */
    public void behave(FaultScript script) {
        faults.play(script);
    }

    /** Another program makes an entry, as {@link #table()} shows it; what had its port is gone. */
    public void put(String entry) {
        table.put(entry);
    }

    /** A power cut: the router loses all mappings. */
    public void forgetEverything() {
        table.clear();
    }

    /** A machine's view of the network of which this router is the default gateway. */
    public NetworkView lan() {
        return lan;
    }

    @Override
    public void close() {
        neighbours.forEach(EmbeddedRouter::close);
        ssdp.close();
        pxp.close();
        http.close();
        forwarder.close();
    }
}
