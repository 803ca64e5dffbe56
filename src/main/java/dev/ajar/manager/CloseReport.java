package dev.ajar.manager;

import dev.ajar.gateway.Attempt;
import dev.ajar.gateway.GatewayInfo;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.Protocol;
import java.util.List;
import java.util.Optional;

/** What came of closing. */
public record CloseReport(List<Outcome> outcomes, Optional<Failure> failure, List<Attempt> attempts) {
    /** A port to close, by its number on the internet side. */
    public record Wanted(Protocol protocol, Port externalPort, Port internalPort) {}

    /** What came of one port. */
    public sealed interface Outcome {
        Wanted wanted();

        record Closed(Wanted wanted, Optional<Endpoint> internal, GatewayInfo gateway) implements Outcome {}

        /**
         * Already so.
         *
         * @param remark what was found instead, for people
         */
        record WasNotOpen(Wanted wanted, String remark) implements Outcome {}

        record Failed(Wanted wanted, Failure failure) implements Outcome {}
    }

    static CloseReport failed(Failure failure) {
        return new CloseReport(List.of(), Optional.of(failure), List.of());
    }
}
