package dev.ajar.config;

import java.util.Optional;

/**
 * The {@code [web]} table, which keeps the page on.
 *
 * @param port to listen on; empty for one that the system chooses
 */
public record WebSettings(Optional<Integer> port) {}
