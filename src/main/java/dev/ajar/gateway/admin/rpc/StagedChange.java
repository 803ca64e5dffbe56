package dev.ajar.gateway.admin.rpc;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** A change of one file of a unified configuration: staged, applied with a timer, and confirmed. */
final class StagedChange {
    private static final int UNDO_AFTER_SECONDS = 30;
    private static final Duration TO_ASK_AGAIN = Duration.ofSeconds(3);

    /** The router undoes what is applied so, unless it is confirmed. */
    private static final Map<String, Object> TIMED = Map.of("rollback", true, "timeout", UNDO_AFTER_SECONDS);

    private final SessionRpcClient client;
    private final String config;
    private boolean begun;

    /** @param config the name of the file */
    StagedChange(SessionRpcClient client, String config) {
        this.client = client;
        this.config = config;
    }

    /**
     * A change that was applied lasts only once it is confirmed; one that this login only staged is taken back. One
     * that an earlier login applied cannot be confirmed any more: what is listed now is not what will be.
     */
    Result<SessionRpcClient.Reply> settle(Deadline deadline) {
        return noneWaits(deadline)
                .flatMap(confirmed -> confirmed.status() == SessionRpcClient.PERMISSION_DENIED
                        ? Result.err(new Failure.Malformed(
                                Message.of("admin.apply-pending", "seconds", UNDO_AFTER_SECONDS), Optional.empty()))
                        : call("changes", Map.of("config", config), deadline))
                .flatMap(reply ->
                        !begun || JsonBody.list(reply.data().get("changes")).isEmpty()
                                ? Result.ok(reply)
                                : call("revert", Map.of("config", config), deadline));
    }

    /**
     * Confirms what waits for that. A user who may no longer confirm, and has staged nothing, applies nothing: the
     * router refuses that too while a change waits.
     */
    private Result<SessionRpcClient.Reply> noneWaits(Deadline deadline) {
        Result<SessionRpcClient.Reply> confirmed = unlessAnotherWaits("confirm", Map.of(), deadline);
        boolean barred = !begun
                && confirmed instanceof Result.Err
                && client.demand("uci", "confirm", deadline) instanceof Result.Err;
        return barred ? noneStaged(deadline).flatMap(none -> unlessAnotherWaits("apply", TIMED, deadline)) : confirmed;
    }

    /**
     * Stages a change, applies it with a timer, looks at what came of it, and confirms it if that fits. What does not
     * fit is undone.
     *
     * @param look reads what was changed
     * @return what was seen
     */
    <T> Result<T> change(
            String method,
            Map<String, Object> arguments,
            Function<Deadline, Result<T>> look,
            Predicate<T> fits,
            Deadline deadline) {
        return noneStaged(deadline)
                .flatMap(none -> {
                    begun = true;
                    return call(method, arguments, deadline);
                })
                .flatMap(staged -> apply(deadline))
                .flatMap(applied -> look.apply(deadline).flatMap(seen -> {
                    if (applied.status() == SessionRpcClient.NO_DATA) {
                        // It is as it was to become, so nothing was staged.
                        return Result.ok(seen);
                    }
                    if (fits.test(seen)) {
                        return confirm(deadline).map(confirmed -> seen);
                    }
                    var unused = undo(deadline);
                    return Result.ok(seen);
                }));
    }

    /**
     * A change that the router does not let be confirmed is undone, so that it does not stay for half a minute
     * unrecorded.
     */
    private Result<SessionRpcClient.Reply> confirm(Deadline deadline) {
        Result<SessionRpcClient.Reply> confirmed = call("confirm", Map.of(), deadline);
        boolean refused = confirmed instanceof Result.Err<SessionRpcClient.Reply>(Failure failure)
                && !failure.mayHaveHappened()
                && !AdminFailures.isSessionLost(failure);
        return !refused || undo(deadline) ? confirmed : undoneLater(confirmed);
    }

    /** What is in effect still keeps its claim. */
    private static <T> Result<T> undoneLater(Result<T> refusal) {
        return refusal instanceof Result.Err<T>(Failure failure)
                ? Result.err(new Failure.Malformed(
                        Message.of("admin.undone-later", "why", failure.detail(), "seconds", UNDO_AFTER_SECONDS),
                        Optional.empty()))
                : refusal;
    }

    /**
     * The router puts what it undid back among the staged changes. A user without the right to undo has to leave it to
     * the timer.
     *
     * @return whether it is undone by now
     */
    private boolean undo(Deadline deadline) {
        boolean undone = call("rollback", Map.of(), deadline) instanceof Result.Ok;
        if (undone) {
            var unused = call("revert", Map.of("config", config), deadline);
        } else {
            client.logout(deadline);
        }
        return undone;
    }

    /**
     * Another change that waits for its confirmation ends within its time; then ours is tried once more, or taken back.
     */
    private Result<SessionRpcClient.Reply> apply(Deadline deadline) {
        Result<SessionRpcClient.Reply> judged = unlessAnotherWaits("apply", TIMED, deadline)
                .flatMap(reply ->
                        reply.status() == SessionRpcClient.NO_DATA ? Result.ok(reply) : judged("apply", reply));
        if (judged instanceof Result.Err) {
            var unused = client.call("uci", "revert", Map.of("config", config), deadline);
        }
        return judged;
    }

    /** Asks again once, after the time in which a change of another session is confirmed or undone. */
    private Result<SessionRpcClient.Reply> unlessAnotherWaits(
            String method, Map<String, Object> arguments, Deadline deadline) {
        Result<SessionRpcClient.Reply> first = client.call("uci", method, arguments, deadline);
        boolean waits = first instanceof Result.Ok<SessionRpcClient.Reply>(SessionRpcClient.Reply reply)
                && reply.status() == SessionRpcClient.PERMISSION_DENIED
                && deadline.remaining().compareTo(TO_ASK_AGAIN) > 0;
        if (!waits) {
            return first;
        }
        Duration most = deadline.remaining().minus(TO_ASK_AGAIN);
        Duration whole = Duration.ofSeconds(UNDO_AFTER_SECONDS);
        deadline.pause(whole.compareTo(most) < 0 ? whole : most);
        return client.call("uci", method, arguments, deadline);
    }

    /** A change that this session did not stage would be applied together with ours. */
    private Result<SessionRpcClient.Reply> noneStaged(Deadline deadline) {
        return call("changes", Map.of("config", config), deadline)
                .flatMap(reply -> JsonBody.list(reply.data().get("changes")).isEmpty()
                        ? Result.ok(reply)
                        : AdminFailures.refused(Message.of("admin.other-changes")));
    }

    Result<SessionRpcClient.Reply> call(String method, Map<String, Object> arguments, Deadline deadline) {
        return client.call("uci", method, arguments, deadline).flatMap(reply -> judged(method, reply));
    }

    Result<SessionRpcClient.Reply> judged(String method, SessionRpcClient.Reply reply) {
        if (reply.isOk()) {
            return Result.ok(reply);
        }
        if (reply.status() == SessionRpcClient.PERMISSION_DENIED) {
            return method.equals("apply")
                    ? AdminFailures.refused(Message.of("admin.apply-pending", "seconds", UNDO_AFTER_SECONDS))
                    : AdminFailures.noRight("uci " + config);
        }
        return AdminFailures.refused(Message.of("admin.rpc-error", "code", reply.status()));
    }
}
