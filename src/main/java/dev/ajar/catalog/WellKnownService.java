package dev.ajar.catalog;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.List;
import java.util.Optional;

/**
 * A service that usually uses certain ports.
 *
 * @param id the value of {@code --yes-expose} for it
 * @param name as it stands in the middle of a sentence
 * @param why what can go wrong when it is open to the internet; empty where it is harmless
 * @param safer what to do instead
 * @param greets the protocol in which its server greets a new connection; empty where it waits for the client
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

    /** How dangerous it is to open the service to the internet. */
    public enum Danger {
        FINE,
        /** ajar opens it and warns of the risks. */
        WARNED,
        /** It should not be open. */
        DANGEROUS,
        /** It must not be open. */
        REFUSED,
        /** It must not be open, because attackers use it to flood other hosts. */
        AMPLIFIER;

        /** Whether the user has to confirm it. */
        public boolean needsYes() {
            return compareTo(DANGEROUS) >= 0;
        }
    }
}
