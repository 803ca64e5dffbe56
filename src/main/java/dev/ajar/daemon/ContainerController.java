package dev.ajar.daemon;

import dev.ajar.container.Container;
import dev.ajar.container.ContainerReport;
import dev.ajar.container.ContainerSettings;
import dev.ajar.message.Message;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Watches container engines, each on a thread of its own. */
public interface ContainerController {
    /**
     * Watches these engines from now on, and no others.
     *
     * @param settings empty to watch none
     * @return the engines that are watched, as they are named in reports
     */
    Set<String> watch(Optional<ContainerSettings> settings, Listener listener);

    /**
     * Receives how the mappings stand, after each pass of the keeper and on its thread; empty where none is interested.
     */
    default Optional<Consumer<ContainerReport>> reports() {
        return Optional.empty();
    }

    /** Does not wait for the threads. */
    void stop();

    /** Receives what engines tell, on any thread. */
    interface Listener {
        /** All containers of an engine that ask for ports, whenever they have changed. */
        void containers(String engine, List<Container> containers);

        /** A sentence for people. */
        void told(Message sentence);
    }
}
