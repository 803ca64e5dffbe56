package dev.ajar.relay.worker;

import dev.ajar.control.ControlRequest;
import dev.ajar.control.ControlServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Answers questions about the status of a relay, and wishes to stop rules, on a socket, while the relay runs. */
public final class StatusServer implements AutoCloseable {
    private final Optional<ControlServer> server;

    private StatusServer(Optional<ControlServer> server) {
        this.server = server;
    }

    /** A relay whose socket cannot be opened relays all the same. */
    public static StatusServer start(Path socket, RelayWorker worker) {
        try {
            return new StatusServer(Optional.of(ControlServer.start(
                    socket, request -> new ControlRequest.Response(0, worker.answer(request.arguments()), ""))));
        } catch (IOException e) {
            return new StatusServer(Optional.empty());
        }
    }

    @Override
    public void close() {
        server.ifPresent(ControlServer::close);
    }
}
