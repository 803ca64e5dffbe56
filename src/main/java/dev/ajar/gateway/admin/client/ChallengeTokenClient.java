package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * JSON over HTTP with the token of an application, which the owner grants once by a press on the router. The token
 * proves itself by the answer to a challenge and does not cross the network again; the session's token does.
 */
final class ChallengeTokenClient {
    private static final String ALGORITHM = "HmacSHA1";

    private final AdminConnection connection;
    private final String path;
    private final String application;
    private final String right;
    private final String sessionHeader;
    private String session = "";

    /**
     * @param details the path of the interface, the id of the application, the right it needs, and the header of a
     * session
     */
    ChallengeTokenClient(AdminConnection connection, JsonObject details) {
        this.connection = connection;
        this.path = details.text("path");
        this.application = details.text("application");
        this.right = details.text("right");
        this.sessionHeader = details.text("session_header");
    }

    String application() {
        return application;
    }

    /** One attempt. A token without the right is told by name, since the owner has to grant it on the router's page. */
    Result<ChallengeTokenClient> login(Secret token, Deadline deadline) {
        return call("GET", "login/", Optional.empty(), deadline)
                .flatMap(asked -> {
                    String challenge = JsonBody.text(asked, "challenge");
                    return challenge.isEmpty() ? AdminFailures.notUnderstood() : Result.ok(challenge);
                })
                .flatMap(challenge -> {
                    Map<String, Object> body = new LinkedHashMap<>();
                    body.put("app_id", application);
                    body.put("password", answer(token.reveal(), challenge));
                    return call("POST", "login/session/", Optional.of(body), deadline);
                })
                .flatMap(opened -> {
                    session = JsonBody.text(opened, "session_token");
                    if (!session.matches("[\\x21-\\x7e]{1,200}")) {
                        session = "";
                        return AdminFailures.notUnderstood();
                    }
                    if (!JsonBody.text(opened, "permissions.settings").equals("true")) {
                        logout(deadline);
                        return AdminFailures.noRight(right);
                    }
                    return Result.ok(this);
                });
    }

    /** The answer to a challenge: HMAC-SHA1 with the token as its key, in hexadecimal. */
    static String answer(String token, String challenge) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(challenge.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    void logout(Deadline deadline) {
        if (!session.isEmpty()) {
            var unused = call("POST", "login/logout/", Optional.of(Map.of()), deadline);
            session = "";
        }
    }

    /** @return the member {@code result}; an empty object where the answer has none */
    Result<Object> call(String method, String operation, Optional<Map<String, Object>> body, Deadline deadline) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", AdminConnection.JSON);
        if (body.isPresent()) {
            headers.put("Content-Type", AdminConnection.JSON);
        }
        if (!session.isEmpty()) {
            headers.put(sessionHeader, session);
        }
        return connection
                .send(method, path + operation, headers, body.map(JsonWriter::write), deadline)
                .flatMap(this::result);
    }

    private Result<Object> result(AdminAnswer answer) {
        return JsonBody.object(answer).flatMap(members -> {
            if (JsonBody.text(members, "success").equals("true")) {
                return Result.ok(members.getOrDefault("result", Map.of()));
            }
            String code = JsonBody.text(members, "error_code");
            return switch (code) {
                case "" -> AdminFailures.notUnderstood();
                case "invalid_token" -> AdminFailures.wrongPassword();
                case "auth_required", "invalid_session" -> AdminFailures.sessionLost();
                case "pending_token" -> AdminFailures.refused(Message.of("admin.press-pending"));
                case "insufficient_rights" -> AdminFailures.noRight(right);
                case "ratelimited" -> AdminFailures.refused(Message.of("admin.too-many-tries"));
                case "exist" -> AdminFailures.portTaken();
                case "new_apps_denied", "apps_denied" -> AdminFailures.refused(Message.of("admin.apps-denied"));
                default -> AdminFailures.badValues(code);
            };
        });
    }
}
