package dev.ajar.gateway.admin.enrolment;

import dev.ajar.gateway.admin.RouterLogin;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FolderLock;
import dev.ajar.system.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One login at a time to each router, by all processes of one state folder. Many routers have a single session: a
 * second login ends the first in the middle of its change, or is refused for minutes.
 */
public final class RouterTurns {
    /** For one process that does one thing at a time. */
    static final RouterTurns ALONE = new RouterTurns(Optional.empty());

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final Optional<Path> folder;

    /** @param folder of the state file, where the locks are; empty where there is none */
    public RouterTurns(Optional<Path> folder) {
        this.folder = folder;
    }

    /**
     * Waits until no other login to that router is going on.
     *
     * @param card the router's network card
     * @return the turn, which its taker closes; a failure that names the process which has it, once time is over
     */
    Result<RouterLogin.Turn> take(String card, Deadline deadline) {
        return folder.map(where -> take(where, "router-" + card.replaceAll("[^0-9A-Za-z]", "") + ".lock", deadline))
                .orElseGet(() -> Result.ok(RouterLogin.Turn.FREE));
    }

    private static Result<RouterLogin.Turn> take(Path folder, String name, Deadline deadline) {
        Result<StateStore.Lock> lock = FolderLock.take(folder, name, RouterTurns::busy);
        while (isBusy(lock) && !deadline.hasPassed() && !Thread.currentThread().isInterrupted()) {
            deadline.pause(BETWEEN_TRIES);
            lock = FolderLock.take(folder, name, RouterTurns::busy);
        }
        return switch (lock) {
            case Result.Ok<StateStore.Lock>(StateStore.Lock taken) -> Result.ok(taken::close);
            case Result.Err<StateStore.Lock>(Failure.Busy busy) -> Result.err(busy);
            // A folder that takes no lock takes no state file either; a list can be read all the same.
            case Result.Err<StateStore.Lock> ignored -> Result.ok(RouterLogin.Turn.FREE);
        };
    }

    private static boolean isBusy(Result<StateStore.Lock> lock) {
        return lock instanceof Result.Err<StateStore.Lock>(Failure.Busy ignored);
    }

    private static Message busy(OptionalLong holder) {
        return holder.isPresent()
                ? Message.of("admin.busy-process", "process", holder.getAsLong())
                : Message.of("admin.busy");
    }
}
