package dev.ajar.config;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The {@code [metrics]} table.
 *
 * @param address of this machine, never one on the internet
 * @param port to listen on
 * @param tokenFile has the word that a client must show; empty where none is needed
 */
public record MetricsSettings(InetAddress address, int port, Optional<Path> tokenFile) {}
