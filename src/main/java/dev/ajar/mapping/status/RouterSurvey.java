package dev.ajar.mapping.status;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.MappingTable;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.ObservedMapping;
import dev.ajar.model.Result;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every gateway on this machine's networks with its own answers, and what ajar knows of its own mappings.
 *
 * @param seen best first
 * @param ownEntries the entries of the gateways' tables that ajar made
 * @param desired what ajar keeps open, for any owner; what it has opened over IPv6 is among {@code mappings} alone
 * @param mappings those that ajar opened and that have not expired
 * @param manualRules the rules the user made on the router's page
 * @param ruled the router on which ajar made a rule by its own interface, which no search asks
 * @param unused why that router is not asked now: another device may have its address
 */
public record RouterSurvey(
        List<Seen> seen,
        List<ProbeAttempt> attempts,
        Set<ObservedMapping> ownEntries,
        List<Mapping> desired,
        List<ReportedMapping> mappings,
        List<ReportedMapping> manualRules,
        Optional<Seen> ruled,
        Optional<Failure> unused) {
    public RouterSurvey(
            List<Seen> seen,
            List<ProbeAttempt> attempts,
            Set<ObservedMapping> ownEntries,
            List<Mapping> desired,
            List<ReportedMapping> mappings,
            List<ReportedMapping> manualRules,
            Optional<Seen> ruled) {
        this(seen, attempts, ownEntries, desired, mappings, manualRules, ruled, Optional.empty());
    }

    public RouterSurvey {
        seen = List.copyOf(seen);
        attempts = List.copyOf(attempts);
        ownEntries = Set.copyOf(ownEntries);
        desired = List.copyOf(desired);
        mappings = List.copyOf(mappings);
        manualRules = List.copyOf(manualRules);
    }

    /**
     * What concerns one port. Where ajar opened it by the router's own interface, the list of that interface tells of
     * it, and those of other protocols do not.
     */
    public RouterSurvey about(Mapping wanted) {
        return ruled.filter(router -> mappings.stream()
                        .filter(opened -> opened.isFor(wanted.protocol(), wanted.externalPort()))
                        .anyMatch(opened -> opened.gateway()
                                .equals(Optional.of(router.info().id()))))
                .map(router -> new RouterSurvey(
                        Stream.concat(Stream.of(router), seen.stream().map(Seen::withoutTable))
                                .toList(),
                        attempts,
                        ownEntries,
                        desired,
                        mappings,
                        manualRules,
                        ruled,
                        unused))
                .orElse(this);
    }

    /** Whether a gateway shows its list to the end, so that what is not in it is not there. */
    public boolean isListWhole() {
        return seen.stream().flatMap(one -> one.table().stream()).anyMatch(MappingTable::whole);
    }

    /**
     * One gateway.
     *
     * @param external its address on the internet side, or why it told none
     * @param table its list of mappings; empty where it shows none
     * @param connected whether its line is up, in its own words; empty where it does not say
     */
    public record Seen(
            GatewayInfo info,
            Result<Optional<InetAddress>> external,
            Optional<MappingTable> table,
            Optional<Boolean> connected) {
        private Seen withoutTable() {
            return new Seen(info, external, Optional.empty(), connected);
        }

        /** Its address on the internet side, where it told one. */
        public Optional<InetAddress> address() {
            return external.toOptional().flatMap(told -> told);
        }
    }
}
