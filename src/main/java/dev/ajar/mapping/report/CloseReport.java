package dev.ajar.mapping.report;

import dev.ajar.gateway.GatewayInfo;
import dev.ajar.gateway.ProbeAttempt;
import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.Failure;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;

/**
 * The result of {@code ajar close}.
 *
 * @param notes which processes and files kept the ports open, and what else is open for the same ports
 * @param failure why nothing could be closed; or, beside outcomes, why the state file could not be written
 */
public record CloseReport(
        List<CloseOutcome> outcomes, List<Message> notes, Optional<Failure> failure, List<ProbeAttempt> attempts) {
    public CloseReport {
        outcomes = List.copyOf(outcomes);
        notes = List.copyOf(notes);
        attempts = List.copyOf(attempts);
    }

    /** A port to close. The router knows it by its external port. */
    public record CloseRequest(TransportProtocol protocol, Port externalPort, Port internalPort) {}

    /** The result for one port. */
    public sealed interface CloseOutcome {
        CloseRequest wanted();

        record Closed(CloseRequest wanted, Optional<Endpoint> internal, GatewayInfo gateway) implements CloseOutcome {}

        /**
         * There was no mapping of ajar's to close.
         *
         * @param remark what was found instead
         */
        record WasNotOpen(CloseRequest wanted, Message remark) implements CloseOutcome {}

        record Failed(CloseRequest wanted, Failure failure) implements CloseOutcome {}
    }

    public static CloseReport failed(Failure failure) {
        return new CloseReport(List.of(), List.of(), Optional.of(failure), List.of());
    }
}
