package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.LeaseHandle;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A mapping that ajar made, or was about to make when it last wrote.
 *
 * @param lease empty while nobody knows whether the gateway did it
 * @param leaving whether it is to be removed: nobody wants it any more, and that has not worked yet
 */
public record MappingRecord(Claim claim, Optional<Lease> lease, boolean leaving) {
    /** No router cuts names shorter, in letters and digits. */
    private static final int SHORTEST_CUT = 8;

    private static final Duration UPNP_MEMORY = Duration.ofDays(30);

    public static MappingRecord claimed(Claim claim) {
        return new MappingRecord(claim, Optional.empty(), false);
    }

    public static MappingRecord held(Lease lease) {
        return new MappingRecord(lease.claim(), Optional.of(lease), false);
    }

    /** The same, to be removed. */
    public MappingRecord markedForRemoval() {
        return new MappingRecord(claim, lease, true);
    }

    public TransportProtocol protocol() {
        return claim.mapping().protocol();
    }

    /** As granted; as asked for while nothing was granted. */
    public Port externalPort() {
        return lease.map(Lease::externalPort).orElse(claim.externalPort());
    }

    /** Whether it is a hole in an IPv6 firewall, which no gateway lists. */
    public boolean isPinhole() {
        return claim.ipVersion() == IpVersion.IPV6;
    }

    /** Whether somebody asked for it by that port; over IPv6 it came to the internal one all the same. */
    boolean isNamed(Port port) {
        return isPinhole()
                ? claim.mapping().externalPort().equals(port)
                : externalPort().equals(port);
    }

    /** When the gateway should have dropped it by itself; empty for what has no end. */
    private Optional<Instant> end() {
        return lease.map(Lease::expiresAt).orElseGet(() -> switch (claim.mapping()
                .lease()) {
            case LeaseDuration.Finite finite -> Optional.of(claim.writtenAt().plus(finite.duration()));
            case LeaseDuration.Permanent ignored -> Optional.empty();
        });
    }

    public boolean hasExpired(Instant now) {
        return end().filter(end -> !end.isAfter(now)).isPresent();
    }

    boolean isForgettable(Instant now) {
        return forgettableFrom().filter(end -> !end.isAfter(now)).isPresent();
    }

    /**
     * From when on it need not be remembered any more; empty for what has no end. PCP and NAT-PMP servers drop a mapping when its lease ends; many UPnP
     * routers keep it, so what ajar made there is recognised for a while longer.
     */
    public Optional<Instant> forgettableFrom() {
        Duration longer = switch (claim.handle()) {
            case LeaseHandle.PcpNonce ignored -> Duration.ZERO;
            case LeaseHandle.NatPmpClient ignored -> Duration.ZERO;
            case LeaseHandle.Pinhole ignored -> Duration.ZERO;
            case LeaseHandle.UpnpEntry ignored -> UPNP_MEMORY;
        };
        return end().map(end -> end.plus(longer));
    }

    /**
     * Whether it is the same mapping as far as the protocol can tell: PCP, NAT-PMP and IPv6 firewalls tell mappings apart
     * by where they lead, UPnP's NAT by their external port.
     */
    public boolean isSameClaim(Claim other) {
        boolean sameKey = switch (claim.handle()) {
            case LeaseHandle.PcpNonce ignored -> claim.internal().equals(other.internal());
            case LeaseHandle.NatPmpClient ignored -> claim.internal().equals(other.internal());
            case LeaseHandle.Pinhole ignored -> claim.internal().equals(other.internal()) && isForTheSame(other);
            case LeaseHandle.UpnpEntry ignored ->
                (externalPort().equals(other.mapping().externalPort()) || isDesired(other)) && isForTheSame(other);
        };
        return sameKey
                && claim.gateway().method() == other.gateway().method()
                && claim.gateway().isSameBox(other.gateway())
                && protocol() == other.mapping().protocol();
    }

    /**
     * Whether {@code newer} is the same entry of the same router's table, granted in another protocol. Firewalls have no
     * table: there each protocol makes a hole of its own.
     */
    boolean isSupersededBy(MappingRecord newer) {
        return !isPinhole()
                && claim.gateway().isSameBox(newer.claim.gateway())
                && claim.gateway().method() != newer.claim.gateway().method()
                && protocol() == newer.protocol()
                && externalPort().equals(newer.externalPort())
                && claim.internal().equals(newer.claim.internal());
    }

    /** UPnP keeps an entry, and a hole, for each remote host. */
    private boolean isForTheSame(Claim other) {
        return claim.mapping().remote().equals(other.mapping().remote());
    }

    /** The same wish, whatever port it came to in the end. */
    private boolean isDesired(Claim other) {
        return claim.internal().equals(other.internal())
                && claim.mapping().externalPort().equals(other.mapping().externalPort());
    }

    /** Whether {@code entry}, seen in the table of that gateway, is this very mapping. */
    public boolean matches(GatewayId gateway, ObservedMapping entry) {
        return claim.gateway().isSameBox(gateway)
                && entry.protocol() == protocol()
                && entry.externalPort().equals(externalPort())
                && entry.pointsTo(claim.internal())
                && isForThose(entry)
                && nameMatches(entry.description().display());
    }

    /** Some keep everybody but one host out and list the entry as everybody's all the same. */
    private boolean isForThose(ObservedMapping entry) {
        return claim.mapping().remote().stream().allMatch(some -> entry.isFor(some.text()) || entry.isForAnySource());
    }

    /**
     * Whether {@code entry}, which {@link #matches}, is ours without doubt. What leads to this machine nobody else
     * wants; what leads to an address this machine had once may be the entry of whoever has that address now, and then
     * only our mark tells them apart.
     *
     * @param here this machine's address on the way to the gateway
     */
    public boolean isVerifiedBy(ObservedMapping entry, InetAddress here) {
        return claim.gateway().method() != MappingProtocol.UPNP
                || !(claim.mapping().target() instanceof Target.ThisHost)
                || claim.internal().address().equals(here)
                || claim.isMarkedIn(entry.description().raw());
    }

    /**
     * Whether the name is the one we gave: whole, cut, as letters and digits alone, or as the router's list showed it at
     * first. A router that shows no name at all cannot speak against us.
     */
    private boolean nameMatches(String name) {
        if (claim.gateway().method() != MappingProtocol.UPNP) {
            // The others carry no name; what their servers write there is their own.
            return true;
        }
        String seen = letters(name);
        String given = letters(claim.entryName());
        return name.isBlank()
                || (seen.length() >= Math.min(SHORTEST_CUT, given.length()) && given.startsWith(seen))
                || lease.flatMap(Lease::listedAs).filter(name::equals).isPresent();
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
