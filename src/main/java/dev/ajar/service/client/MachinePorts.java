package dev.ajar.service.client;

import dev.ajar.control.ServiceSocket;
import dev.ajar.control.SocketLocation;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.PortService;
import dev.ajar.service.ServiceContext;
import dev.ajar.state.Snapshot;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.state.file.StateFolder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * The services of this machine: the daemon's, where one has the state file, the machine's, and the one in this process.
 */
public final class MachinePorts implements PortServices {
    private final ServiceContext context;
    private final CommandBackend backend;
    private final Function<Progress, Result<PortService>> here;
    private final boolean attended;
    private final ServiceSocket service;

    /**
     * @param here makes the service in this process
     * @param attended whether a user waits for the end of the command
     * @param service the daemon of the whole machine, which users of a group may ask
     */
    public MachinePorts(
            ServiceContext context,
            CommandBackend backend,
            Function<Progress, Result<PortService>> here,
            boolean attended,
            ServiceSocket service) {
        this.attended = attended;
        this.context = context;
        this.backend = backend;
        this.here = here;
        this.service = service;
    }

    @Override
    public Result<PortService> here(Progress progress) {
        return here.apply(progress);
    }

    /** The user's own one first. */
    @Override
    public Optional<DaemonLink> daemon() {
        return StateFolder.locate(context.environment())
                .toOptional()
                .flatMap(folder -> daemon(folder).or(() -> service(folder)));
    }

    /** The daemon that looks after that folder. */
    public static Optional<DaemonLink> daemon(Path stateFolder) {
        return Optional.of(SocketLocation.of(stateFolder))
                .filter(SocketLocation::isSafe)
                .flatMap(DaemonLink::connect);
    }

    private Optional<DaemonLink> service(Path stateFolder) {
        return service.look() instanceof ServiceSocket.Found.Usable(Path place) && !isOnItsOwn(stateFolder)
                ? DaemonLink.connect(place)
                : Optional.empty();
    }

    @Override
    public Optional<Message> notice() {
        return service.look() instanceof ServiceSocket.Found.ForGroup(String group)
                        && StateFolder.locate(context.environment())
                                .toOptional()
                                .filter(this::isOnItsOwn)
                                .isEmpty()
                ? Optional.of(Message.of("control.for-group", "group", new RouterText(group).display()))
                : Optional.empty();
    }

    /**
     * Whether this user's own state is meant: the environment names its folder, or ajar has opened ports in it, which
     * would be out of sight at the service, and which the service could not close.
     */
    private boolean isOnItsOwn(Path stateFolder) {
        if (!StateFolder.isUsual(context.environment())) {
            return true;
        }
        Snapshot own = new FileStateStore(stateFolder, context.protocols(), warning -> {}).peek();
        return !own.desiredMappings().isEmpty() || !own.mappingRecords().isEmpty();
    }

    @Override
    public PortService at(DaemonLink daemon) {
        return new RemotePorts(
                daemon, context.protocols(), backend::relays, () -> here.apply(Progress.silent()), attended);
    }
}
