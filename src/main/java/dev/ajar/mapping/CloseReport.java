package dev.ajar.mapping;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;

/** What came of closing. */
public record CloseReport(List<CloseOutcome> outcomes, Optional<Failure> failure, List<ProbeAttempt> attempts) {
    /** A port to close, by its number on the internet side. */
    public record CloseRequest(TransportProtocol protocol, Port externalPort, Port internalPort) {}

    /** What came of one port. */
    public sealed interface CloseOutcome {
        CloseRequest wanted();

        record Closed(CloseRequest wanted, Optional<Endpoint> internal, GatewayInfo gateway) implements CloseOutcome {}

        /**
         * Already so.
         *
         * @param remark what was found instead, for people
         */
        record WasNotOpen(CloseRequest wanted, String remark) implements CloseOutcome {}

        record Failed(CloseRequest wanted, Failure failure) implements CloseOutcome {}
    }

    static CloseReport failed(Failure failure) {
        return new CloseReport(List.of(), Optional.of(failure), List.of());
    }
}
