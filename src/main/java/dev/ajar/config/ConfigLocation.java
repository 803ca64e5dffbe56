package dev.ajar.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Finds the configuration file (XDG Base Directory Specification). */
public final class ConfigLocation {
    private ConfigLocation() {}

    /** @param environment of the process, in which {@code AJAR_CONFIG} names another file */
    public static Optional<Path> locate(Map<String, String> environment) {
        String named = environment.getOrDefault("AJAR_CONFIG", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        String xdg = environment.getOrDefault("XDG_CONFIG_HOME", "");
        if (!xdg.isEmpty() && Path.of(xdg).isAbsolute()) {
            return Optional.of(Path.of(xdg, "ajar", "ajar.toml"));
        }
        String home = environment.getOrDefault("HOME", "");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".config", "ajar", "ajar.toml"));
    }
}
