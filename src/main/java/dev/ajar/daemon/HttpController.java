package dev.ajar.daemon;

import dev.ajar.config.DaemonConfig;
import dev.ajar.control.ControlHandler;

/** Listens for HTTP where the configuration says so. */
public interface HttpController {
    /**
     * Listens as {@code config} says from now on. Called on the daemon's thread, after every pass, so that a place that
     * is not to be had yet is tried again.
     *
     * @param clients answers what the page asks
     */
    void want(DaemonConfig config, ControlHandler clients);

    /** Listens no more. Does not wait for clients. */
    void stop();
}
