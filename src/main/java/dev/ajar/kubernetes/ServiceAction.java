package dev.ajar.kubernetes;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Something to write to a Service. */
public sealed interface ServiceAction {
    /**
     * Its finalizer and annotations.
     *
     * @param held whether ajar's finalizer is to be on it
     * @param put annotations with their values
     * @param removed annotations
     */
    record Metadata(boolean held, Map<String, String> put, Set<String> removed) implements ServiceAction {
        public Metadata {
            put = Map.copyOf(put);
            removed = Set.copyOf(removed);
        }
    }

    /**
     * Its status.
     *
     * @param ingress replaces the addresses in it; empty to leave them as they are
     * @param condition replaces ajar's own; empty to take that away
     */
    record Status(Optional<Ingress> ingress, Optional<ServiceView.Shown> condition) implements ServiceAction {}

    /** The addresses of a load balancer's status: one, or none. */
    record Ingress(Optional<String> address) {}

    /**
     * What {@code kubectl describe} shows.
     *
     * @param isWarning whether a user has to do something
     * @param reason one word
     */
    record Event(boolean isWarning, String reason, String message) implements ServiceAction {}
}
