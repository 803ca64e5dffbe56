package dev.ajar.gateway.admin.rpc;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * JSON-RPC 2.0 with a session id in each call: {@code [session, object, method, arguments]} is answered with a status
 * and an object. HTTP itself always says 200.
 */
public final class SessionRpcClient {
    static final int OK = 0;
    static final int NOT_FOUND = 4;
    static final int NO_DATA = 5;
    static final int PERMISSION_DENIED = 6;

    private static final String NO_SESSION = "0".repeat(32);
    private static final long ACCESS_DENIED = -32002;

    /** The web server answers, and the daemon behind it that knows logins and configuration does not run. */
    private static final long OBJECT_NOT_FOUND = -32000;

    private static final long TIMED_OUT = -32003;

    /** What a session lives without a request: more than the router's own 300 seconds, less than those of its page. */
    private static final int SHORTEST_SECONDS = 301;

    private static final int MORE_SECONDS = 299;

    /** How long the router's page waits for the confirmation of a change. */
    private static final int PAGE_CONFIRMS_WITHIN_SECONDS = 90;

    private final AdminConnection connection;
    private final String path;
    private final RandomGenerator random;
    private String session = NO_SESSION;

    public SessionRpcClient(AdminConnection connection, String path, RandomGenerator random) {
        this.connection = connection;
        this.path = path;
        this.random = random;
    }

    /** @param data empty where the answer had none */
    record Reply(long status, Map<String, Object> data) {
        boolean isOk() {
            return status == OK;
        }
    }

    /**
     * One attempt. While a change waits for its confirmation, the router hands its session to each login of the same
     * user. That session is not ajar's: to confirm, log out or stage in it would decide on the change of its owner. It
     * is known by the lifetime, which this login asks for at random.
     *
     * @see <a href="https://github.com/openwrt/rpcd/blob/master/session.c">rpc_reclaim_apply_session</a>
     */
    public Result<SessionRpcClient> login(Credentials credentials, Deadline deadline) {
        int lifetime = SHORTEST_SECONDS + random.nextInt(MORE_SECONDS);
        Map<String, Object> arguments = Map.of(
                "username", credentials.user(), "password", credentials.secret().reveal(), "timeout", lifetime);
        return call("session", "login", arguments, deadline).flatMap(reply -> {
            String given = JsonBody.text(reply.data(), "ubus_rpc_session");
            if (!reply.isOk() || !given.matches("[0-9a-f]{32}")) {
                return reply.isOk() ? AdminFailures.notUnderstood() : AdminFailures.wrongPassword();
            }
            String lives = JsonBody.text(reply.data(), "timeout");
            if (!lives.isEmpty() && !lives.equals(Integer.toString(lifetime))) {
                return AdminFailures.refused(
                        Message.of("admin.apply-pending", "seconds", PAGE_CONFIRMS_WITHIN_SECONDS));
            }
            session = given;
            return Result.ok(this);
        });
    }

    void logout(Deadline deadline) {
        if (!session.equals(NO_SESSION)) {
            // Best effort: the session ends by itself too.
            var unused = call("session", "destroy", Map.of(), deadline);
            session = NO_SESSION;
        }
    }

    Result<Reply> call(String object, String method, Map<String, Object> arguments, Deadline deadline) {
        return send(object, method, arguments, deadline).flatMap(answer -> {
            Optional<Object> error = JsonBody.at(answer, "error.code");
            if (error.isEmpty()) {
                return reply(answer);
            }
            if (error.get().equals(ACCESS_DENIED)) {
                return denied(object, method, deadline);
            }
            if (error.get().equals(OBJECT_NOT_FOUND)) {
                return Result.err(new Failure.Unreachable(Message.of("admin.service-away")));
            }
            Message why = Message.of("admin.rpc-error", "code", String.valueOf(error.get()));
            return Result.err(
                    error.get().equals(TIMED_OUT)
                            ? new Failure.TimedOut(why)
                            : new Failure.Malformed(why, Optional.empty()));
        });
    }

    private Result<Map<String, Object>> send(
            String object, String method, Map<String, Object> arguments, Deadline deadline) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("jsonrpc", "2.0");
        request.put("id", 1);
        request.put("method", "call");
        request.put("params", List.of(session, object, method, arguments));
        return connection
                .postJson(path, Map.of(), JsonWriter.write(request), deadline)
                .flatMap(JsonBody::object);
    }

    /** The same error stands for a session that has ended and for a right that the user lacks. */
    private Result<Reply> denied(String object, String method, Deadline deadline) {
        if (session.equals(NO_SESSION) || object.equals("session")) {
            return AdminFailures.sessionLost();
        }
        return lacks(object, method, deadline) ? noRight(object, method) : AdminFailures.sessionLost();
    }

    /** Whether the router says that its user may not make that call; a user who may not even ask is told nothing. */
    private boolean lacks(String object, String method, Deadline deadline) {
        Map<String, Object> question = Map.of("scope", "ubus", "object", object, "function", method);
        return send("session", "access", question, deadline)
                .flatMap(SessionRpcClient::reply)
                .toOptional()
                .filter(reply ->
                        reply.isOk() && JsonBody.text(reply.data(), "access").equals("false"))
                .isPresent();
    }

    private static <T> Result<T> noRight(String object, String method) {
        return AdminFailures.noRight("ubus " + object + " " + method);
    }

    /** @return a failure where the user of the router is known to lack the right to a call that will be needed later */
    Result<String> demand(String object, String method, Deadline deadline) {
        return lacks(object, method, deadline) ? noRight(object, method) : Result.ok(method);
    }

    private static Result<Reply> reply(Map<String, Object> answer) {
        List<Object> result = JsonBody.list(answer.get("result"));
        return !result.isEmpty() && result.getFirst() instanceof Long status
                ? Result.ok(new Reply(status, JsonBody.map(result.size() > 1 ? result.get(1) : null)))
                : AdminFailures.notUnderstood();
    }
}
