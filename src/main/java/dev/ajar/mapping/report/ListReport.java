package dev.ajar.mapping.report;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.PartialEntry;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What {@code ajar list} shows.
 *
 * @param entries the gateway's table, as far as it could be read
 * @param unreadable the entries of which something cannot be read
 * @param unlisted what ajar opened and the table does not show
 * @param newer what a newer ajar opened and this one leaves alone
 * @param over what ajar was to have closed by now, and nothing has
 * @param blind why the table, or the rest of it, could not be read; empty when all of it was
 * @param failure why no gateway was found, or the state file could not be read
 */
public record ListReport(
        Optional<GatewayInfo> gateway,
        List<ListedMapping> entries,
        List<PartialEntry> unreadable,
        List<ReportedMapping> unlisted,
        List<NewerMapping> newer,
        List<TimeOver> over,
        Optional<Failure> blind,
        Optional<Failure> failure,
        List<ProbeAttempt> attempts) {

    /**
     * One entry.
     *
     * @param mine whether ajar made it
     * @param former whether it leads to an address that this machine no longer has
     * @param name under which ajar has it: by PCP and NAT-PMP the router makes one up, such as {@code PCP MAP f7e0};
     *     empty for what ajar did not make
     */
    public record ListedMapping(ObservedMapping mapping, boolean mine, boolean former, Optional<String> name) {
        /**
         * Whether another ajar made it, perhaps for another user: its name says so, and the state file does not know
         * it.
         */
        public boolean isOfAnotherAjar() {
            return !mine && EntryName.isStandard(mapping.description().display());
        }
    }

    public static ListReport failed(Failure failure, List<ProbeAttempt> attempts) {
        return new ListReport(
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(failure),
                attempts);
    }

    /**
     * What ajar has opened for this machine, as far as is known.
     *
     * @param isOwn whether an address is this machine's
     */
    public List<ReportedMapping> openHere(Predicate<InetAddress> isOwn) {
        Stream<ReportedMapping> listed = entries.stream()
                .filter(entry ->
                        entry.mine() && !entry.former() && entry.mapping().enabled())
                .flatMap(entry ->
                        gateway.flatMap(info -> ReportedMapping.of(entry.mapping(), info.id(), true)).stream());
        return Stream.concat(listed, unlisted.stream().filter(mapping -> !isGone(mapping)))
                .filter(mapping ->
                        mapping.toThisHost() && isOwn.test(mapping.internal().address()))
                .toList();
    }

    /** Whether {@code mapping}, one of the unlisted, is certainly not open. */
    public boolean isGone(ReportedMapping mapping) {
        return mapping.status() == ReportedMapping.Status.GONE || isMissing(mapping);
    }

    private boolean isMissing(ReportedMapping mapping) {
        return blind.isEmpty()
                && !mapping.isPinhole()
                && !isOfOtherTable(mapping)
                && unreadable.stream().noneMatch(entry -> entry.mayBe(mapping.protocol(), mapping.externalPort()));
    }

    /**
     * The rules of a router's own interface and what its protocols opened are two tables, of which one was read. A list
     * of UPnP may have what PCP and NAT-PMP opened, and may not.
     */
    private boolean isOfOtherTable(ReportedMapping mapping) {
        return gateway.filter(read -> mapping.gateway()
                        .filter(own -> !own.method().equals(read.id().method()))
                        .isPresent())
                .isPresent();
    }
}
