package dev.ajar.simulator;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What kind of router it is.
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
    /** What a LOCATION looks like on a router that knows where it is. */
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
        Builder draft = new Builder();
        draft.address = address;
        draft.speaks = speaks;
        draft.igdVersion = igdVersion;
        draft.manufacturer = manufacturer;
        draft.model = model;
        draft.location = location;
        draft.service = service;
        draft.before = before;
        draft.after = after;
        draft.controlTarget = controlTarget;
        draft.rules = rules;
        draft.ssdp = ssdp;
        draft.faultScript = faultScript;
        draft.entries = entries;
        draft.neighbours = neighbours;
        change.accept(draft);
        return draft.script();
    }

    public RouterScript speaking(Speaks... protocols) {
        Set<Speaks> only = EnumSet.noneOf(Speaks.class);
        only.addAll(List.of(protocols));
        return changed(draft -> draft.speaks = only);
    }

    public RouterScript igd(int version) {
        return changed(draft -> draft.igdVersion = version);
    }

    public RouterScript named(String newManufacturer, String newModel) {
        return changed(draft -> {
            draft.manufacturer = newManufacturer;
            draft.model = newModel;
        });
    }

    public RouterScript external(String address) {
        return changed(draft -> draft.service = service.withExternal(address));
    }

    public RouterScript secure() {
        return changed(draft -> draft.rules = new TableRules(
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
        return changed(draft -> draft.rules = new TableRules(
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
        return changed(draft -> draft.faultScript = faultScript.with(fault));
    }
}
