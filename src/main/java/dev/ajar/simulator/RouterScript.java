package dev.ajar.simulator;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** A well-behaved router that speaks everything. */
    public static RouterScript standard() {
        return new RouterScript(
                EnumSet.allOf(Speaks.class),
                2,
                "Example",
                "RX-5",
                "203.0.113.7",
                false,
                false,
                604_800,
                List.of());
    }

    public RouterScript speaking(Speaks... protocols) {
        Set<Speaks> only = EnumSet.noneOf(Speaks.class);
        only.addAll(List.of(protocols));
        return new RouterScript(
                only,
                igdVersion,
                manufacturer,
                model,
                externalAddress,
                secureMode,
                onlyPermanent,
                longestLease,
                oddities);
    }

    public RouterScript igd(int version) {
        return new RouterScript(
                speaks,
                version,
                manufacturer,
                model,
                externalAddress,
                secureMode,
                onlyPermanent,
                longestLease,
                oddities);
    }

    public RouterScript named(String newManufacturer, String newModel) {
        return new RouterScript(
                speaks,
                igdVersion,
                newManufacturer,
                newModel,
                externalAddress,
                secureMode,
                onlyPermanent,
                longestLease,
                oddities);
    }

    public RouterScript external(String address) {
        return new RouterScript(
                speaks,
                igdVersion,
                manufacturer,
                model,
                address,
                secureMode,
                onlyPermanent,
                longestLease,
                oddities);
    }

    public RouterScript secure() {
        return new RouterScript(
                speaks,
                igdVersion,
                manufacturer,
                model,
                externalAddress,
                true,
                onlyPermanent,
                longestLease,
                oddities);
    }

    public RouterScript permanentLeasesOnly() {
        return new RouterScript(
                speaks,
                igdVersion,
                manufacturer,
                model,
                externalAddress,
                secureMode,
                true,
                longestLease,
                oddities);
    }

    public RouterScript leasesUpTo(long seconds) {
        return new RouterScript(
                speaks,
                igdVersion,
                manufacturer,
                model,
                externalAddress,
                secureMode,
                onlyPermanent,
                seconds,
                oddities);
    }

    public RouterScript with(Oddity oddity) {
        List<Oddity> more = new ArrayList<>(oddities);
        more.add(oddity);
        return new RouterScript(
                speaks,
                igdVersion,
                manufacturer,
                model,
                externalAddress,
                secureMode,
                onlyPermanent,
                longestLease,
                List.copyOf(more));
    }
}
