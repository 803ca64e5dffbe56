package dev.ajar.service.client;

import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.service.PortService;
import java.util.Optional;
import java.util.function.Function;

/** The services that a command can use. */
public interface PortServices {
    /** The one that works in this process; a failure if there is no folder for the state file. */
    Result<PortService> here(Progress progress);

    /** The daemon that has the state file, or the service of the machine; empty where none listens for this user. */
    Optional<DaemonLink> daemon();

    /** What the user should know where {@link #daemon} is empty: that a service is there, for others. */
    default Optional<Message> notice() {
        return Optional.empty();
    }

    /** The service of that daemon. */
    PortService at(DaemonLink daemon);

    /** The one that works in this process, as if there were no daemon. */
    static PortServices withoutDaemon(Function<Progress, Result<PortService>> here) {
        return new PortServices() {
            @Override
            public Result<PortService> here(Progress progress) {
                return here.apply(progress);
            }

            @Override
            public Optional<DaemonLink> daemon() {
                return Optional.empty();
            }

            @Override
            public PortService at(DaemonLink daemon) {
                throw new IllegalStateException("there is no daemon");
            }
        };
    }
}
