package dev.ajar.simulator;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How a simulated router behaves.
 *
 * @param address where it is on the network of loopback addresses
 * @param igdVersion 1 or 2
 * @param location what it says in answer to searches; {@code {host}} and {@code {port}} are filled in
 * @param service the service that maps ports; its external address is the router's
 * @param before services listed before that one
 * @param after services listed behind it
 * @param controlTarget whether calls are taken on another port
 * @param entries what its table holds at the start, a mapping a line as {@link EmbeddedRouter#table()} gives them
 * @param neighbours other routers of the same network
 */
public record RouterScript(
        InetAddress address,
        Set<Speaks> speaks,
        int igdVersion,
        String manufacturer,
        String model,
        String location,
        ServiceScript service,
        List<ServiceScript> before,
        List<ServiceScript> after,
        boolean controlTarget,
        TableRules rules,
        SsdpScript ssdp,
        FaultScript faultScript,
        List<String> entries,
        List<RouterScript> neighbours) {
    /** The LOCATION of a router that gives its own address. */
    static final String USUAL_LOCATION = "http://{host}:{port}/rootDesc.xml";

    /** A protocol the router may speak. */
    public enum Speaks {
        UPNP,
        NAT_PMP,
        PCP
    }

    /** A script while it is being written. */
    public static final class Builder {
        public InetAddress address = InetAddress.getLoopbackAddress();
        public Set<Speaks> speaks = EnumSet.allOf(Speaks.class);
        public int igdVersion = 2;
        public String manufacturer = "Example";
        public String model = "RX-5";
        public String location = USUAL_LOCATION;
        public ServiceScript service = ServiceScript.USUAL;
        public List<ServiceScript> before = List.of();
        public List<ServiceScript> after = List.of();
        public boolean controlTarget;
        public TableRules rules = TableRules.USUAL;
        public SsdpScript ssdp = SsdpScript.USUAL;
        public FaultScript faultScript = FaultScript.NONE;
        public List<String> entries = List.of();
        public List<RouterScript> neighbours = List.of();

        public RouterScript script() {
            return new RouterScript(
                    address,
                    speaks,
                    igdVersion,
                    manufacturer,
                    model,
                    location,
                    service,
                    before,
                    after,
                    controlTarget,
                    rules,
                    ssdp,
                    faultScript,
                    entries,
                    neighbours);
        }
    }

    /** A well-behaved router that speaks everything. */
    public static RouterScript standard() {
        return new Builder().script();
    }

    private RouterScript changed(Consumer<Builder> change) {
        Builder builder = new Builder();
        builder.address = address;
        builder.speaks = speaks;
        builder.igdVersion = igdVersion;
        builder.manufacturer = manufacturer;
        builder.model = model;
        builder.location = location;
        builder.service = service;
        builder.before = before;
        builder.after = after;
        builder.controlTarget = controlTarget;
        builder.rules = rules;
        builder.ssdp = ssdp;
        builder.faultScript = faultScript;
        builder.entries = entries;
        builder.neighbours = neighbours;
        change.accept(builder);
        return builder.script();
    }

    public RouterScript speaking(Speaks... protocols) {
        Set<Speaks> only = EnumSet.noneOf(Speaks.class);
        only.addAll(List.of(protocols));
        return changed(builder -> builder.speaks = only);
    }

    public RouterScript igd(int version) {
        return changed(builder -> builder.igdVersion = version);
    }

    public RouterScript named(String newManufacturer, String newModel) {
        return changed(builder -> {
            builder.manufacturer = newManufacturer;
            builder.model = newModel;
        });
    }

    public RouterScript external(String address) {
        return changed(builder -> builder.service = service.withExternal(address));
    }

    public RouterScript secure() {
        return changed(builder -> builder.rules = new TableRules(
                true,
                rules.onlyPermanent(),
                rules.longestLease(),
                rules.extendsLeases(),
                rules.longestDescription(),
                rules.firstIndex(),
                rules.mostEntries(),
                rules.samePortOnly(),
                rules.faults()));
    }

    public RouterScript permanentLeasesOnly() {
        return leases(true, rules.longestLease());
    }

    public RouterScript leasesUpTo(long seconds) {
        return leases(rules.onlyPermanent(), seconds);
    }

    private RouterScript leases(boolean onlyPermanent, long longest) {
        return changed(builder -> builder.rules = new TableRules(
                rules.secure(),
                onlyPermanent,
                longest,
                rules.extendsLeases(),
                rules.longestDescription(),
                rules.firstIndex(),
                rules.mostEntries(),
                rules.samePortOnly(),
                rules.faults()));
    }

    public RouterScript with(Fault fault) {
        return changed(builder -> builder.faultScript = faultScript.with(fault));
    }
}
