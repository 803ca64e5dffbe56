package dev.ajar.catalog;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;

/**
 * A service that usually uses certain ports.
 *
 * @param id what {@code --yes-expose} takes
 * @param name in the middle of a sentence
 * @param why what can go wrong when it is open to the internet; empty where it is harmless
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

    /** Whether it may be open to the internet. */
    public enum Danger {
        FINE,
        /** It may, and ajar tells the user what can go wrong. */
        WARNED,
        /** It should not. */
        DANGEROUS,
        /** It must not. */
        REFUSED,
        /** It must not: attackers use it to flood other hosts. */
        AMPLIFIER;

        /** Whether the user has to confirm it. */
        public boolean needsYes() {
            return compareTo(DANGEROUS) >= 0;
        }
    }
}
