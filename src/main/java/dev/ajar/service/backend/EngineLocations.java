package dev.ajar.service.backend;

import dev.ajar.container.EngineAddress;
import dev.ajar.container.EngineSyntax;
import dev.ajar.syntax.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where container engines usually listen. */
final class EngineLocations {
    private static final Path DOCKER = Path.of("/var/run/docker.sock");

    private EngineLocations() {}

    /**
     * The engines that the environment names, or else those whose sockets exist, or else the one place where most will
     * come.
     */
    static List<EngineAddress> of(Map<String, String> environment) {
        List<EngineAddress> named = new ArrayList<>();
        for (String variable : new String[] {"DOCKER_HOST", "CONTAINER_HOST"}) {
            named(environment.getOrDefault(variable, "")).ifPresent(named::add);
        }
        if (!named.isEmpty()) {
            return named;
        }
        List<EngineAddress> there = new ArrayList<>();
        Set<Path> known = new HashSet<>();
        for (Path place : usual(environment.getOrDefault("XDG_RUNTIME_DIR", ""))) {
            // One engine may have two names: Podman links to its socket from the place of the other.
            if (Files.exists(place) && known.add(real(place))) {
                there.add(new EngineAddress.Unix(place));
            }
        }
        return there.isEmpty() ? List.of(new EngineAddress.Unix(DOCKER)) : there;
    }

    private static Optional<EngineAddress> named(String text) {
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(EngineSyntax.parse(text));
        } catch (InvalidInputException e) {
            // It is meant for other programs, which have more ways to an engine, such as ssh.
            return Optional.empty();
        }
    }

    private static List<Path> usual(String runtime) {
        List<Path> places = new ArrayList<>(List.of(DOCKER, Path.of("/run/podman/podman.sock")));
        try {
            if (!runtime.isEmpty()) {
                places.add(Path.of(runtime, "docker.sock"));
                places.add(Path.of(runtime, "podman", "podman.sock"));
            }
        } catch (InvalidPathException e) {
            return places;
        }
        return places;
    }

    private static Path real(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException e) {
            return place;
        }
    }
}
