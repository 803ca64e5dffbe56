package dev.ajar.mapping;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.state.MappingRecord;
import java.util.List;
import java.util.Optional;

/**
 * What is open.
 *
 * @param entries the gateway's table, where it can be seen
 * @param mappingRecords what ajar holds and the table does not show, or could not
 * @param blind why the table, or the rest of it, could not be seen; empty when all of it was
 */
public record ListReport(
        Optional<GatewayInfo> gateway,
        List<ListedMapping> entries,
        List<MappingRecord> mappingRecords,
        Optional<Failure> blind,
        Optional<Failure> failure,
        List<ProbeAttempt> attempts) {

    /** An entry of the gateway's table. */
    public record ListedMapping(ObservedMapping mapping, boolean mine) {}

    static ListReport failed(Failure failure, List<ProbeAttempt> attempts) {
        return new ListReport(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.of(failure), attempts);
    }
}
