package dev.ajar.kubernetes;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code ajar kubernetes} was told.
 *
 * @param to the node, or the address of several, to which the ports lead; empty for the node it runs on
 * @param namespace whose Services are watched; empty for all
 * @param config the configuration file; empty for the usual place
 * @param keep whether leases are left open at the end
 */
public record ClusterSettings(
        Optional<InetAddress> to, Optional<String> namespace, Optional<Path> config, boolean keep) {}
