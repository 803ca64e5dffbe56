package dev.ajar.gateway.admin;

import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.function.BiFunction;

/** Logs in to one router, once for each call: a second try with a wrong password would lock some routers. */
@FunctionalInterface
public interface RouterLogin {
    Result<RuleTable> login(Deadline deadline);

    /** Waits until no other login to the router is going on, in this process or another. */
    default Result<Turn> turn(Deadline deadline) {
        return Result.ok(Turn.FREE);
    }

    /** One login, from its turn on; where {@code deadline} is lenient, the wait for the turn does not shorten it. */
    default <T> Result<T> once(Deadline deadline, BiFunction<RuleTable, Deadline, Result<T>> work) {
        return turn(deadline).flatMap(turn -> {
            Deadline patient =
                    deadline.forExchange(AdminProtocol.ROUTER.traits().exchangeTime());
            try (turn) {
                return login(patient).flatMap(table -> {
                    try (table) {
                        return work.apply(table, patient);
                    }
                });
            }
        });
    }

    /** The time in which a router is one caller's alone. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        /** Where there is nothing to wait for. */
        Turn FREE = () -> {};

        @Override
        void close();
    }
}
