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
import java.util.Map;

/**
 * JSON documents posted to one path, with the action in a header and the password in another. The answer to a wrong
 * password can repeat the password, so no answer is quoted.
 */
public final class HeaderJsonClient {
    private static final Duration UNTIL_READY = Duration.ofSeconds(1);

    private final AdminConnection connection;
    private final String path;
    private final String namespace;
    private final String actionHeader;
    private final String authorizationHeader;
    private final String authorization;

    /**
     * @param details the path, what the names of actions begin with, and the headers for an action and for the password
     */
    public HeaderJsonClient(AdminConnection connection, Credentials credentials, JsonObject details) {
        this.connection = connection;
        this.path = details.text("path");
        this.namespace = details.text("namespace");
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
        Result<Reply> first = once(action, input, deadline);
        if (first instanceof Result.Ok<Reply>(Reply reply) && reply.result().equals("_ErrorNotReady")) {
            deadline.pause(UNTIL_READY);
            return once(action, input, deadline);
        }
        return first;
    }

    private Result<Reply> once(String action, Map<String, Object> input, Deadline deadline) {
        Map<String, String> headers = Map.of(actionHeader, namespace + action, authorizationHeader, authorization);
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
