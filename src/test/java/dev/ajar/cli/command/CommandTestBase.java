package dev.ajar.cli.command;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.state.StateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A machine behind an embedded router, and a neighbour with its own state file. */
abstract class CommandTestBase {
    private @Nullable EmbeddedRouter router;
    private final StateStore store = new MemoryStateStore();

    final CliHarness behind(RouterScript script) throws IOException {
        EmbeddedRouter started = EmbeddedRouter.start(script, new SystemTimeline());
        router = started;
        return new CliHarness(started, store);
    }

    /** Another program, with its own state file. */
    final CliHarness neighbour() {
        return new CliHarness(router(), new MemoryStateStore());
    }

    /** The desired mappings in the state file of the machine behind the router. */
    final List<DesiredMapping> desiredMappings() {
        return store.load().toOptional().orElseThrow().desiredMappings();
    }

    final List<MappingRecord> mappingRecords() {
        return store.load().toOptional().orElseThrow().mappingRecords();
    }

    final EmbeddedRouter router() {
        EmbeddedRouter started = router;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    @AfterEach
    void stop() {
        if (router != null) {
            router.close();
        }
    }
}
