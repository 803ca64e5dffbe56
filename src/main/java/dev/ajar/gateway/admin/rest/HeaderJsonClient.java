package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * JSON documents posted to one path, with the action in a header and the password in another. The answer to a wrong
 * password can repeat the password, so no answer is quoted.
 */
public final class HeaderJsonClient {
    /** Older routers have no list of ranges, and none knows the names of another generation. */
    static final String UNKNOWN_ACTION = "_ErrorUnknownAction";

    private static final Duration UNTIL_READY = Duration.ofSeconds(1);

    private final AdminConnection connection;
    private final String path;
    private final List<String> namespaces;
    private final String actionHeader;
    private final String authorizationHeader;
    private final String authorization;

    /** The place of the one that the router knows, as far as that is known. */
    private int namespace;

    private boolean certain;

    /**
     * @param details the path, what the names of actions begin with in newer and older software, and the headers for an
     *     action and for the password
     */
    public HeaderJsonClient(AdminConnection connection, Credentials credentials, JsonObject details) {
        this.connection = connection;
        this.path = details.text("path");
        this.namespaces = details.texts("namespaces");
        this.actionHeader = details.text("action_header");
        this.authorizationHeader = details.text("authorization_header");
        String pair = credentials.user() + ":" + credentials.secret().reveal();
        this.authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** @param output empty where the answer had none */
    record Reply(String result, Map<String, Object> output) {
        boolean isOk() {
            return result.equals("OK");
        }
    }

    /** A router that is not ready is asked once more. */
    Result<Reply> call(String action, Map<String, Object> input, Deadline deadline) {
        Result<Reply> first = known(action, input, deadline);
        if (first instanceof Result.Ok<Reply>(Reply reply) && reply.result().equals("_ErrorNotReady")) {
            deadline.pause(UNTIL_READY);
            return once(action, input, deadline);
        }
        return first;
    }

    /** The first action that a router knows tells how it names them all. */
    private Result<Reply> known(String action, Map<String, Object> input, Deadline deadline) {
        Result<Reply> answer = once(action, input, deadline);
        while (!certain && answer instanceof Result.Ok<Reply>(Reply reply)) {
            certain = !reply.result().equals(UNKNOWN_ACTION) || namespace + 1 == namespaces.size();
            if (!certain) {
                namespace++;
                answer = once(action, input, deadline);
            }
        }
        return answer;
    }

    private Result<Reply> once(String action, Map<String, Object> input, Deadline deadline) {
        Map<String, String> headers =
                Map.of(actionHeader, namespaces.get(namespace) + action, authorizationHeader, authorization);
        return connection
                .postJson(path, headers, JsonWriter.write(input), deadline)
                .flatMap(JsonBody::object)
                .flatMap(answer -> {
                    String result = JsonBody.text(answer, "result");
                    return switch (result) {
                        case "" -> AdminFailures.notUnderstood();
                        case "_ErrorUnauthorized" -> AdminFailures.wrongPassword();
                        default -> Result.ok(new Reply(result, JsonBody.map(answer.get("output"))));
                    };
                });
    }
}
