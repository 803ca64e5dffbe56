package dev.ajar.manager;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.Failure;
import dev.ajar.model.ObservedMapping;
import dev.ajar.state.Holding;
import java.util.List;
import java.util.Optional;

/**
 * What is open.
 *
 * @param entries the gateway's table, where it can be seen
 * @param holdings what ajar holds and the table does not show, or could not
 * @param blind why the table, or the rest of it, could not be seen; empty when all of it was
 */
public record ListReport(
        Optional<GatewayInfo> gateway,
        List<Entry> entries,
        List<Holding> holdings,
        Optional<Failure> blind,
        Optional<Failure> failure,
        List<Attempt> attempts) {

    /** An entry of the gateway's table. */
    public record Entry(ObservedMapping mapping, boolean mine) {}

    static ListReport failed(Failure failure, List<Attempt> attempts) {
        return new ListReport(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.of(failure), attempts);
    }
}
