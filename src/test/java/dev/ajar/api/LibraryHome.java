package dev.ajar.api;

import dev.ajar.app.EmbeddedWiring;
import dev.ajar.app.Library;
import dev.ajar.app.Wiring;
import dev.ajar.embed.EmbeddedMachine;
import dev.ajar.message.Messages;
import dev.ajar.model.Result;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A machine behind an embedded router, with programs that have ajar inside. */
final class LibraryHome implements AutoCloseable {
    private final Path stateFolder;
    private final SystemTimeline timeline = new SystemTimeline();
    private final EmbeddedRouter router;
    private final List<Ajar> programs = new ArrayList<>();

    LibraryHome(Path stateFolder, RouterScript script) {
        this.stateFolder = stateFolder;
        try {
            this.router = EmbeddedRouter.start(script, timeline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EmbeddedRouter router() {
        return router;
    }

    Wiring wiring() {
        return EmbeddedWiring.of(router, timeline);
    }

    Result<EmbeddedMachine> machine() {
        return Result.ok(Library.machine(wiring(), stateFolder, warning -> {}));
    }

    Ajar program() {
        return program((port, before, now) -> {});
    }

    Ajar program(Ajar.Listener listener) {
        return program(this::machine, listener);
    }

    Ajar program(Supplier<Result<EmbeddedMachine>> machine, Ajar.Listener listener) {
        Ajar ajar = Ajar.on(machine, listener, Messages.ENGLISH);
        programs.add(ajar);
        return ajar;
    }

    @Override
    public void close() {
        programs.forEach(Ajar::close);
        router.close();
    }
}
