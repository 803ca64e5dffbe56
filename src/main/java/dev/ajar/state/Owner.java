package dev.ajar.state;

import java.time.Instant;

/** The owner of a desired mapping. The mapping ends with its owner. */
public sealed interface Owner {
    /** The user, with {@code ajar open}: the mapping stays until {@code ajar close}. */
    record User() implements Owner {}

    /**
     * A line of a configuration file: the mapping stays as long as the line.
     *
     * @param file the path of the file, as the user gave it
     */
    record Configuration(String file) implements Owner {}

    /**
     * A process of {@code ajar run}: the mapping stays as long as the process runs.
     *
     * @param started when the process started, to tell it from a later one with the same {@code pid}
     */
    record Launch(long pid, Instant started) implements Owner {}

    /**
     * A container that asks for the port by a label: the mapping stays as long as the container runs.
     *
     * @param engine the address of the engine that runs it, as {@code unix:///run/docker.sock}, or {@link #KUBERNETES}
     * @param name of the container, or of the service of a cluster
     */
    record Container(String engine, String name) implements Owner {
        /** Stands for the address of an engine where the owner is a Service of Kubernetes, named with its namespace. */
        public static final String KUBERNETES = "kubernetes";
    }
}
