package dev.ajar.service.client;

import dev.ajar.control.SocketLocation;
import dev.ajar.mapping.request.Progress;
import dev.ajar.model.Result;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceContext;
import dev.ajar.state.file.StateFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The services of this machine: the daemon's, where one has the state file, and the one in this process. */
public final class MachinePorts implements PortServices {
    private final ServiceContext context;
    private final CommandBackend backend;
    private final Function<Progress, Result<PortService>> here;
    private final boolean attended;

    /**
     * @param here makes the service in this process
     * @param attended whether a user waits for the end of the command
     */
    public MachinePorts(
            ServiceContext context,
            CommandBackend backend,
            Function<Progress, Result<PortService>> here,
            boolean attended) {
        this.attended = attended;
        this.context = context;
        this.backend = backend;
        this.here = here;
    }

    @Override
    public Result<PortService> here(Progress progress) {
        return here.apply(progress);
    }

    @Override
    public Optional<DaemonLink> daemon() {
        return StateFolder.locate(context.environment()).toOptional().flatMap(MachinePorts::daemon);
    }

    /** The daemon that looks after that folder. */
    public static Optional<DaemonLink> daemon(Path stateFolder) {
        return Optional.of(SocketLocation.of(stateFolder))
                .filter(SocketLocation::isSafe)
                .flatMap(DaemonLink::connect);
    }

    @Override
    public PortService at(DaemonLink daemon) {
        return new RemotePorts(
                daemon, context.protocols(), backend::relays, () -> here.apply(Progress.silent()), attended);
    }
}
