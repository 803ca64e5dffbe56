package dev.ajar.simulator;

import dev.ajar.system.NetworkView;
import dev.ajar.system.Timeline;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The router, switched on. */
public final class EmbeddedRouter implements AutoCloseable {
    private final InetAddress address = LoopbackLan.ROUTER;
    private final NetworkView lan = new LoopbackLan();
    private final Forwarder forwarder = new Forwarder();
    private final NatTable table;
    private final Oddities oddities;
    private final HttpDesk http;
    private final SsdpDesk ssdp;
    private final PxpDesk pxp;

    private EmbeddedRouter(RouterScript script, Timeline timeline) throws IOException {
        table = new NatTable(timeline, forwarder);
        oddities = new Oddities(script.oddities());
        http =
                new HttpDesk(
                        address, new SoapDesk(script, table), new Description(script), oddities);
        ssdp = new SsdpDesk(address, script, http.location(), oddities);
        pxp = new PxpDesk(address, script, table, oddities, timeline);
    }

    public static EmbeddedRouter start(RouterScript script, Timeline timeline) throws IOException {
        return new EmbeddedRouter(script, timeline);
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
        return http.location();
    }

    /** What the world outside sees of it. */
    public Internet internet() {
        return new Internet(table, forwarder);
    }

    /** What was asked of it, in order: SOAP actions, {@code description}, {@code ssdp}, {@code nat-pmp}, {@code pcp}. */
    public List<String> asked() {
        return oddities.asked();
    }

    /** Its table, an entry a line: {@code tcp 25565 -> 127.0.0.1:25565 "ajar" 3600}. */
    public List<String> table() {
        List<String> lines = new ArrayList<>();
        table.all()
                .forEach(
                        entry ->
                                lines.add(
                                        entry.key().protocol().label()
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

    /** Somebody pulled the plug: all mappings are gone. */
    public void forgetEverything() {
        table.clear();
    }

    /** A machine's view of the network of which this router is the default gateway. */
    public NetworkView lan() {
        return lan;
    }

    @Override
    public void close() {
        ssdp.close();
        pxp.close();
        http.close();
        forwarder.close();
    }
}
