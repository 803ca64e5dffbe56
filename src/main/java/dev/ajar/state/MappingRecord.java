package dev.ajar.state;

import dev.ajar.model.Claim;
import dev.ajar.model.EntryName;
import dev.ajar.model.GatewayId;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.MappingTraits;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import dev.ajar.model.Port;
import dev.ajar.model.Target;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A mapping that ajar made or was about to make, as recorded in the state file.
 *
 * @param lease the gateway's answer; empty while it is unknown whether the gateway made the mapping
 * @param leaving whether the mapping is no longer wanted and still has to be removed
 */
public record MappingRecord(Claim claim, Optional<Lease> lease, boolean leaving) {
    /** The shortest length to which routers cut a name, in letters and digits. */
    private static final int SHORTEST_CUT = 8;

    /** How many seconds two readings of one lease may be apart. */
    private static final long SAME_END = 5;

    public static MappingRecord claimed(Claim claim) {
        return new MappingRecord(claim, Optional.empty(), false);
    }

    public static MappingRecord held(Lease lease) {
        return new MappingRecord(lease.claim(), Optional.of(lease), false);
    }

    /**
     * The same, of which no table will tell whether it is still there: its removal was asked for, and not answered
     * clearly.
     */
    public MappingRecord doubted() {
        return new MappingRecord(
                claim, lease.map(granted -> granted.isListed() ? granted : granted.doubted()), leaving);
    }

    /** Whether its removal was asked for without a clear answer, and no table will tell whether it is still there. */
    public boolean isInDoubt() {
        return leaving
                && lease.filter(granted -> !granted.isListed() && !granted.verified())
                        .isPresent();
    }

    /** The same mapping as a pending removal. */
    public MappingRecord markedForRemoval() {
        return new MappingRecord(claim, lease, true);
    }

    private MappingTraits traits() {
        return claim.handle().traits();
    }

    public TransportProtocol protocol() {
        return claim.mapping().protocol();
    }

    /** The granted external port, or the requested one while there is no lease. */
    public Port externalPort() {
        return lease.map(Lease::externalPort).orElse(claim.externalPort());
    }

    /** Whether it is a pinhole in an IPv6 firewall. Gateways do not list pinholes. */
    public boolean isPinhole() {
        return claim.ipVersion() == IpVersion.IPV6;
    }

    /** When its lease ends; empty for a lease without an end. */
    public Optional<Instant> end() {
        return lease.map(Lease::expiresAt).orElseGet(() -> switch (claim.mapping()
                .lease()) {
            case LeaseDuration.Finite finite -> Optional.of(claim.writtenAt().plus(finite.duration()));
            case LeaseDuration.Permanent ignored -> Optional.empty();
        });
    }

    /** @throws java.time.DateTimeException or ArithmeticException if its lease ends beyond what can be told */
    public void rejectEndBeyondTime() {
        forgettableFrom().ifPresent(end -> {
            long unused = Duration.between(claim.writtenAt(), end).toSeconds();
        });
    }

    public boolean hasExpired(Instant now) {
        return end().filter(end -> !end.isAfter(now)).isPresent();
    }

    boolean isForgettable(Instant now) {
        return forgettableFrom().filter(end -> !end.isAfter(now)).isPresent();
    }

    /**
     * When the record may be dropped; empty for a lease without an end. PCP and NAT-PMP servers remove a mapping when
     * its lease ends. Many UPnP routers keep it, so records of UPnP mappings are kept for a while longer, to recognise
     * those mappings.
     */
    public Optional<Instant> forgettableFrom() {
        return end().map(end -> end.plus(traits().keptPastLease()));
    }

    /**
     * Whether both are the same mapping to the gateway: PCP, NAT-PMP and IPv6 firewalls identify a mapping by its
     * internal address and port, UPnP's NAT by its external port.
     */
    public boolean isSameClaim(Claim other) {
        boolean sameKey = switch (traits().key()) {
            case INTERNAL_ENDPOINT -> claim.internal().equals(other.internal());
            case EXTERNAL_PORT -> externalPort().equals(other.mapping().externalPort()) || isSameRequest(other);
        };
        return sameKey
                && (!traits().perRemoteHost() || hasSameRemote(other))
                && claim.gateway().method().equals(other.gateway().method())
                && claim.gateway().isSameBox(other.gateway())
                && protocol() == other.mapping().protocol();
    }

    /**
     * Whether {@code newer} is the same entry of the same router's table, granted in another protocol. IPv6 firewalls
     * have no such table: there each protocol makes a pinhole of its own.
     */
    boolean isSupersededBy(MappingRecord newer) {
        return !isPinhole()
                && claim.gateway().isSameBox(newer.claim.gateway())
                && !claim.gateway().method().equals(newer.claim.gateway().method())
                && protocol() == newer.protocol()
                && externalPort().equals(newer.externalPort())
                && claim.internal().equals(newer.claim.internal());
    }

    /** UPnP keeps a separate entry or pinhole for each remote host. */
    private boolean hasSameRemote(Claim other) {
        return claim.mapping().remote().equals(other.mapping().remote());
    }

    /** Whether the same external port was requested, whichever was granted. */
    private boolean isSameRequest(Claim other) {
        return claim.internal().equals(other.internal())
                && claim.mapping().externalPort().equals(other.mapping().externalPort());
    }

    /**
     * Whether {@code entry}, read from the table of {@code gateway}, is this mapping. Some routers give it another name
     * later; then that it ends when this one does tells.
     */
    public boolean matches(GatewayId gateway, ObservedMapping entry, Instant now) {
        return claim.gateway().isSameBox(gateway)
                && entry.protocol() == protocol()
                && entry.externalPort().equals(externalPort())
                && entry.pointsTo(claim.internal())
                && remoteMatches(entry)
                && (nameMatches(entry.description().display()) || endsWith(entry, now));
    }

    /**
     * Whether the gateway granted this mapping to an address that is still this machine's, so that what cannot be read
     * in its table is this mapping as far as can be known.
     *
     * @param here this machine's address on the route to the gateway
     */
    public boolean isGrantedTo(InetAddress here, Instant now) {
        boolean stillHere = !(claim.mapping().target() instanceof Target.ThisHost)
                || claim.internal().address().equals(here);
        return lease.isPresent() && !hasExpired(now) && stillHere;
    }

    /** Whether nothing that can be read of {@code entry} contradicts that it is this mapping. */
    public boolean mayBe(ObservedMapping entry) {
        return entry.protocol() == protocol()
                && entry.externalPort().equals(externalPort())
                && entry.mayPointTo(claim.internal())
                && remoteMatches(entry)
                && nameMatches(entry.description().display());
    }

    /** Whether what can be read of {@code entry} shows that it is not this mapping: another client, port or name. */
    public boolean contradicts(PartialEntry entry) {
        return !entry.mayBe(protocol(), externalPort())
                || entry.contradicts(claim.internal())
                || !nameMatches(entry.description().display());
    }

    /**
     * Whether it is of a protocol in which gateways list mappings, and its gateway has not shown it when it granted it.
     */
    public boolean wasNeverShown() {
        return lease.filter(granted -> granted.isListed()
                        && !granted.verified()
                        && granted.listedAs().isEmpty())
                .isPresent();
    }

    /** Whether gateways know it by its external port alone, so that another client may have it by now. */
    public boolean isKnownByItsPort() {
        return traits().key() == MappingTraits.Key.EXTERNAL_PORT;
    }

    /** Some routers limit an entry to one source and still list it as open to any. */
    private boolean remoteMatches(ObservedMapping entry) {
        return claim.mapping().remote().stream()
                .allMatch(source -> entry.isFor(source.text()) || entry.isForAnySource());
    }

    /**
     * Whether {@code entry}, which {@link #matches}, was certainly made by this ajar. An entry that leads to this
     * machine's address was. One that leads to a former address of this machine may belong to the device that has that
     * address now; then the mark in its name decides.
     *
     * @param here this machine's address on the route to the gateway
     */
    public boolean isVerifiedBy(ObservedMapping entry, InetAddress here) {
        return !(claim.mapping().target() instanceof Target.ThisHost)
                || claim.internal().address().equals(here)
                || claim.handle().proves(entry.description().raw());
    }

    /**
     * Whether the lease of {@code entry} ends when this one does: the mapping of another client would have been granted
     * at another moment.
     */
    public boolean endsWith(ObservedMapping entry, Instant now) {
        long left = entry.lease().map(LeaseDuration::seconds).orElse(0L);
        return left > 0
                && lease.flatMap(Lease::expiresAt)
                        .map(end -> Duration.between(now, end).toSeconds() - left)
                        .filter(apart -> Math.abs(apart) <= SAME_END)
                        .isPresent();
    }

    /**
     * Whether {@code name} is the name ajar gave: whole, cut, reduced to letters and digits, with something added, or
     * as the router listed it at first. No name at all matches too, because some routers list none.
     */
    private boolean nameMatches(String name) {
        if (!traits().named()) {
            // PCP and NAT-PMP requests have no name; the server chose the listed one.
            return true;
        }
        String seen = letters(name);
        String given = letters(claim.entryName());
        return name.isBlank()
                || (seen.length() >= Math.min(SHORTEST_CUT, given.length()) && given.startsWith(seen))
                || (EntryName.isMarked(claim.entryName()) && isWrapped(seen, given))
                || lease.flatMap(Lease::listedAs).filter(name::equals).isPresent();
    }

    /** Whether the mark, which no other ajar gives, is left, beside something added or without the first word. */
    private static boolean isWrapped(String seen, String given) {
        return seen.contains(given) || (seen.length() >= SHORTEST_CUT && given.endsWith(seen));
    }

    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
    }
}
