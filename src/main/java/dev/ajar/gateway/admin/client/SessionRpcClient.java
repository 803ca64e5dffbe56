package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * JSON-RPC 2.0 with a session id in each call: {@code [session, object, method, arguments]} is answered with a status and an object.
 * HTTP itself always says 200.
 */
final class SessionRpcClient {
    static final int OK = 0;
    static final int NOT_FOUND = 4;
    static final int NO_DATA = 5;
    static final int PERMISSION_DENIED = 6;

    private static final String NO_SESSION = "0".repeat(32);
    private static final long ACCESS_DENIED = -32002;

    private final AdminConnection connection;
    private final String path;
    private String session = NO_SESSION;

    SessionRpcClient(AdminConnection connection, String path) {
        this.connection = connection;
        this.path = path;
    }

    /** @param data empty where the answer had none */
    record Reply(long status, Map<String, Object> data) {
        boolean isOk() {
            return status == OK;
        }
    }

    /** One attempt. */
    Result<SessionRpcClient> login(Credentials credentials, Deadline deadline) {
        Map<String, Object> arguments = Map.of(
                "username", credentials.user(), "password", credentials.secret().reveal());
        return call("session", "login", arguments, deadline).flatMap(reply -> {
            String given = JsonBody.text(reply.data(), "ubus_rpc_session");
            if (!reply.isOk() || !given.matches("[0-9a-f]{32}")) {
                return reply.isOk() ? AdminFailures.notUnderstood() : AdminFailures.wrongPassword();
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
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("jsonrpc", "2.0");
        request.put("id", 1);
        request.put("method", "call");
        request.put("params", List.of(session, object, method, arguments));
        return connection
                .postJson(path, Map.of(), JsonWriter.write(request), deadline)
                .flatMap(JsonBody::object)
                .flatMap(SessionRpcClient::reply);
    }

    private static Result<Reply> reply(Map<String, Object> answer) {
        Optional<Object> error = JsonBody.at(answer, "error.code");
        if (error.isPresent()) {
            return error.get().equals(ACCESS_DENIED)
                    ? AdminFailures.sessionLost()
                    : Result.err(new Failure.Malformed(
                            Message.of("admin.rpc-error", "code", String.valueOf(error.get())), Optional.empty()));
        }
        List<Object> result = JsonBody.list(answer.get("result"));
        return !result.isEmpty() && result.getFirst() instanceof Long status
                ? Result.ok(new Reply(status, JsonBody.map(result.size() > 1 ? result.get(1) : null)))
                : AdminFailures.notUnderstood();
    }
}
