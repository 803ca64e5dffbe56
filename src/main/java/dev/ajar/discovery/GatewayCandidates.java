package dev.ajar.discovery;

import dev.ajar.gateway.Capability;
import dev.ajar.gateway.Gateway;
import dev.ajar.gateway.ProbeAttempt;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The gateways a search brings, one at a time. */
public interface GatewayCandidates extends AutoCloseable {
    /** The best gateway not handed out yet that can do what is needed; waits for it; empty when no more will come. */
    Optional<Gateway> next(Set<Capability> needed);

    /** What has been tried so far. */
    List<ProbeAttempt> attempts();

    /** Calls the search off. */
    @Override
    void close();
}
