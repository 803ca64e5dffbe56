package dev.ajar.catalog;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;

/**
 * What usually lives behind a port.
 *
 * @param id what {@code --yes-expose} takes
 * @param name in the middle of a sentence
 * @param why what goes wrong when strangers reach it; empty where nothing is to be said
 * @param safer what to do instead
 * @param greets the protocol its server speaks, where that can be heard
 */
public record WellKnownService(
        String id,
        String name,
        List<Port> ports,
        List<TransportProtocol> protocols,
        Danger danger,
        Optional<String> why,
        Optional<String> safer,
        Optional<String> greets) {
    public WellKnownService {
        ports = List.copyOf(ports);
        protocols = List.copyOf(protocols);
    }

    /** Whether strangers may reach it. */
    public enum Danger {
        FINE,
        /** They may, and somebody is told what can go wrong. */
        WARNED,
        /** They should not. */
        DANGEROUS,
        /** They must not. */
        REFUSED,
        /** They would use it against others. */
        AMPLIFIER;

        /** Whether somebody has to say that they are sure. */
        public boolean needsYes() {
            return compareTo(DANGEROUS) >= 0;
        }
    }
}
