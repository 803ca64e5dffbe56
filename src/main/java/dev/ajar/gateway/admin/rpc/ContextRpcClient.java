package dev.ajar.gateway.admin.rpc;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.gateway.admin.connection.Lockout;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Methods of named services, as JSON posted to one path. A login gives the id of a context, which a header carries, and
 * a cookie whose name has a slash, which no library of cookies would keep.
 */
public final class ContextRpcClient {
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final long PERMISSION_DENIED = 13;

    private final AdminConnection connection;
    private final JsonObject details;
    private String context = "";
    private String cookie = "";

    /** @param details the path, the content type, the services, and how the headers for a login and a call begin */
    public ContextRpcClient(AdminConnection connection, JsonObject details) {
        this.connection = connection;
        this.details = details;
    }

    /**
     * An answer.
     *
     * @param status what the method returned; empty for nothing
     * @param error the first error; 0 for none
     */
    record Reply(Optional<Object> status, long error) {}

    /** One attempt. */
    public Result<ContextRpcClient> login(Credentials credentials, Deadline deadline) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("applicationName", details.text("application"));
        parameters.put("username", credentials.user());
        parameters.put("password", credentials.secret().reveal());
        return post(details.text("session_service"), "createContext", parameters, details.text("login"), deadline)
                .flatMap(answer -> {
                    if (answer.status() == TOO_MANY) {
                        return Lockout.of(answer);
                    }
                    if (answer.status() == UNAUTHORIZED) {
                        return AdminFailures.wrongPassword();
                    }
                    return whole(answer).flatMap(members -> {
                        if (error(members) == PERMISSION_DENIED) {
                            return AdminFailures.wrongPassword();
                        }
                        String given = JsonBody.text(members, "data.contextID");
                        if (!usable(given)) {
                            return AdminFailures.notUnderstood();
                        }
                        context = given;
                        cookie = answer.header("set-cookie")
                                .map(text -> text.split(";", 2)[0].strip())
                                .filter(ContextRpcClient::usable)
                                .orElse("");
                        return Result.ok(this);
                    });
                });
    }

    private static boolean usable(String text) {
        return text.matches("[\\x21-\\x7e&&[^;]]{1,500}");
    }

    void logout(Deadline deadline) {
        if (!context.isEmpty()) {
            // Best effort: the session ends by itself too.
            Map<String, Object> parameters = Map.of("applicationName", details.text("application"));
            var unused = call(details.text("session_service"), "releaseContext", parameters, deadline);
            context = "";
        }
    }

    /** The text of {@code details}. */
    String detail(String name) {
        return details.text(name);
    }

    /** @return the answer, which may be an error of the method */
    Result<Reply> call(String service, String method, Map<String, Object> parameters, Deadline deadline) {
        return post(service, method, parameters, details.text("call") + " " + context, deadline)
                .flatMap(answer -> {
                    if (answer.status() == UNAUTHORIZED) {
                        return AdminFailures.sessionLost();
                    }
                    return whole(answer).flatMap(members -> {
                        long error = error(members);
                        if (error == PERMISSION_DENIED) {
                            // A session that has ended is answered like a right that is missing.
                            return AdminFailures.sessionLost();
                        }
                        return error != 0 || answer.isSuccess()
                                ? Result.ok(new Reply(Optional.ofNullable(members.get("status")), error))
                                : AdminFailures.notUnderstood();
                    });
                });
    }

    /** A reply that must be none of an error. */
    static Result<Reply> judged(Reply reply) {
        return reply.error() == 0
                ? Result.ok(reply)
                : AdminFailures.refused(Message.of("admin.rpc-error", "code", reply.error()));
    }

    private Result<AdminAnswer> post(
            String service, String method, Map<String, Object> parameters, String authorization, Deadline deadline) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("service", service);
        body.put("method", method);
        body.put("parameters", parameters);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", details.text("content_type"));
        headers.put("Authorization", authorization);
        if (!cookie.isEmpty()) {
            headers.put("Cookie", cookie);
        }
        return connection.postJson(details.text("path"), headers, JsonWriter.write(body), deadline);
    }

    /** The routers send an error without the beginning of its document. */
    private static Result<Map<String, Object>> whole(AdminAnswer answer) {
        String text = answer.text().strip();
        if (!text.startsWith(",")) {
            return JsonBody.object(answer);
        }
        byte[] repaired =
                ("{\"status\":null" + text + (text.endsWith("}]") ? "}" : "")).getBytes(StandardCharsets.UTF_8);
        return JsonBody.object(new AdminAnswer(answer.status(), List.of(), repaired, answer.whole()));
    }

    /** @return the code of the first error; one without a known code counts as -1, and none as 0 */
    private static long error(Map<String, Object> members) {
        List<Object> errors = JsonBody.list(members.get("errors"));
        if (errors.isEmpty()) {
            return 0;
        }
        return JsonBody.at(errors.getFirst(), "error").orElse(-1L) instanceof Long code && code != 0 ? code : -1;
    }
}
