package dev.ajar.relay.controller;

import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Starts what relays. */
@FunctionalInterface
public interface RelayStart {
    /** A process of its own. */
    RelayStart AS_PROCESS = RelayJvm::start;

    /**
     * @param socket where it answers questions about its state
     * @return takes rules as lines, and tells their status
     */
    SupervisedProcess start(Path socket, Map<String, String> environment) throws IOException;
}
