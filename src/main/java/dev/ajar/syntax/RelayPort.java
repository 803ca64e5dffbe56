package dev.ajar.syntax;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.Optional;

/**
 * A relay, as the user names it.
 *
 * @param protocol empty for both
 * @param external its external port
 */
public record RelayPort(Optional<TransportProtocol> protocol, Port external) {
    public boolean isFor(TransportProtocol other, Port port) {
        return external.equals(port) && protocol.map(other::equals).orElse(true);
    }

    /** For people: {@code tcp 8554}, or {@code 8554}. */
    @Override
    public String toString() {
        return protocol.map(one -> one.label(external)).orElseGet(external::toString);
    }
}
