package dev.ajar.service.backend;

import dev.ajar.app.EmbeddedWiring;
import dev.ajar.app.LocalService;
import dev.ajar.app.Wiring;
import dev.ajar.control.ControlRequest;
import dev.ajar.mapping.request.Progress;
import dev.ajar.service.ServiceContext;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.Owner;
import dev.ajar.system.Processes;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine behind an embedded router: its state folder, its configuration file, and the processes that run on it. */
final class ServiceFixture implements AutoCloseable {
    static final Owner.Launch ENDED = new Owner.Launch(4711, Instant.parse("2026-11-23T12:00:00Z"));

    private static final Processes PROCESSES = new Processes() {
        @Override
        public Identity self() {
            return new Identity(42, Instant.EPOCH);
        }

        @Override
        public boolean lives(Identity process) {
            return process.equals(self());
        }
    };

    private final Path folder;
    private final SystemTimeline timeline = new SystemTimeline();
    private final EmbeddedRouter router;
    private final List<String> warnings = new ArrayList<>();
    private final List<String> questions = new ArrayList<>();

    ServiceFixture(Path folder) {
        this.folder = folder;
        try {
            this.router = EmbeddedRouter.start(RouterScript.standard(), timeline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EmbeddedRouter router() {
        return router;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> questions() {
        return questions;
    }

    Path stateFolder() {
        return folder.resolve("state");
    }

    void configure(String toml) {
        try {
            Files.writeString(folder.resolve("ajar.toml"), toml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void unconfigure() {
        try {
            Files.delete(folder.resolve("ajar.toml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param variables of the environment, beside those that name the folder; with HOME, the state is below it */
    ServiceContext context(Map<String, String> variables) {
        return context(variables, stateFolder());
    }

    /** Another machine on the same network. */
    ServiceContext context(Map<String, String> variables, Path state) {
        Map<String, String> environment = new HashMap<>(variables);
        if (!variables.containsKey("HOME")) {
            environment.put("AJAR_STATE_HOME", state.toString());
        }
        environment.put("AJAR_CONFIG", folder.resolve("ajar.toml").toString());
        Wiring wiring = EmbeddedWiring.of(router, timeline);
        return new ServiceContext(
                environment,
                router.lan(),
                timeline,
                time -> {},
                PROCESSES,
                Samples.PROTOCOLS,
                wiring::keeper,
                (request, store, backend, person) -> new ControlRequest.Response(
                        0,
                        String.join(" ", request.arguments()),
                        backend.keeper().map(Object::toString).orElse("")),
                (store, backend) -> LocalService.on(wiring, store, backend, Progress.silent()),
                (home, devices) -> Map.of(),
                List::of,
                Optional::empty,
                question -> questions.add(question),
                warnings::add);
    }

    @Override
    public void close() {
        router.close();
    }
}
