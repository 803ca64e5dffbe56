package dev.ajar.discovery;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A search that hands out gateways one at a time. */
public interface GatewayCandidates extends AutoCloseable {
    /**
     * Waits for the best gateway that has the capabilities and was not handed out yet; empty when no more will come.
     */
    Optional<Gateway> next(Set<Capability> needed);

    /**
     * The same router as {@code gateway}, in a protocol that shows its table. It stays among the candidates. Waits
     * until a router that answers at once would have been heard, and as long as one that has answered is being read.
     */
    default Optional<Gateway> showingTable(Gateway gateway) {
        return Optional.empty();
    }

    /**
     * The gateway to ask where no other could do it: one that is used only because its owner has agreed beforehand.
     *
     * @return empty where there is none, or none with the capabilities
     */
    default Optional<Gateway> lastResort(Set<Capability> needed) {
        return Optional.empty();
    }

    /** What the search has tried so far. */
    List<ProbeAttempt> attempts();

    /** Ends the search. */
    @Override
    void close();
}
