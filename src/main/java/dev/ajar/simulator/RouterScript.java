package dev.ajar.simulator;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What kind of router it is.
 *
 * @param igdVersion 1 or 2
 * @param externalAddress as it tells its clients; empty text for none
 * @param secureMode whether a device may only open ports for itself
 * @param onlyPermanent whether it refuses every lease with error 725
 * @param longestLease in seconds; longer ones are cut
 */
public record RouterScript(
        Set<Speaks> speaks,
        int igdVersion,
        String manufacturer,
        String model,
        String externalAddress,
        boolean secureMode,
        boolean onlyPermanent,
        long longestLease,
        List<Oddity> oddities) {

    /** A protocol the router may speak. */
    public enum Speaks {
        UPNP,
        NAT_PMP,
        PCP
    }

    /** A script while it is being written. */
    private static final class Draft {
        private Set<Speaks> speaks = EnumSet.allOf(Speaks.class);
        private int igdVersion = 2;
        private String manufacturer = "Example";
        private String model = "RX-5";
        private String externalAddress = "203.0.113.7";
        private boolean secureMode;
        private boolean onlyPermanent;
        private long longestLease = 604_800;
        private List<Oddity> oddities = List.of();

        private RouterScript script() {
            return new RouterScript(
                    speaks,
                    igdVersion,
                    manufacturer,
                    model,
                    externalAddress,
                    secureMode,
                    onlyPermanent,
                    longestLease,
                    oddities);
        }
    }

    /** A well-behaved router that speaks everything. */
    public static RouterScript standard() {
        return new Draft().script();
    }

    private RouterScript changed(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.speaks = speaks;
        draft.igdVersion = igdVersion;
        draft.manufacturer = manufacturer;
        draft.model = model;
        draft.externalAddress = externalAddress;
        draft.secureMode = secureMode;
        draft.onlyPermanent = onlyPermanent;
        draft.longestLease = longestLease;
        draft.oddities = oddities;
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
        return changed(
                draft -> {
                    draft.manufacturer = newManufacturer;
                    draft.model = newModel;
                });
    }

    public RouterScript external(String address) {
        return changed(draft -> draft.externalAddress = address);
    }

    public RouterScript secure() {
        return changed(draft -> draft.secureMode = true);
    }

    public RouterScript permanentLeasesOnly() {
        return changed(draft -> draft.onlyPermanent = true);
    }

    public RouterScript leasesUpTo(long seconds) {
        return changed(draft -> draft.longestLease = seconds);
    }

    public RouterScript with(Oddity oddity) {
        List<Oddity> more = new ArrayList<>(oddities);
        more.add(oddity);
        return changed(draft -> draft.oddities = List.copyOf(more));
    }
}
