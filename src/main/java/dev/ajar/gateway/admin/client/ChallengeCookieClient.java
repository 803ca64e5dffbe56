package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON with a cookie that a login by challenge makes valid: the password itself does not cross the network. */
final class ChallengeCookieClient {
    private static final String AUTH = "/auth";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int DEEPEST = 16;

    private final AdminConnection connection;
    private final JsonObject details;
    private final String right;
    private String cookie = "";

    /** @param details the right that the user of the router needs, the path, and the headers of a challenge */
    ChallengeCookieClient(AdminConnection connection, JsonObject details) {
        this.connection = connection;
        this.details = details;
        this.right = details.text("right");
    }

    private Optional<String> header(AdminAnswer answer, String name) {
        return answer.header(details.text(name));
    }

    /** One attempt. A router that lets everyone in without a password is not used: its owner has to set one first. */
    Result<ChallengeCookieClient> login(Credentials credentials, Deadline deadline) {
        return connection
                .send("GET", AUTH, Map.of(), Optional.empty(), deadline)
                .flatMap(asked -> {
                    String realm = header(asked, "realm_header").orElse("");
                    String challenge = header(asked, "challenge_header").orElse("");
                    cookie = asked.header("set-cookie")
                            .map(whole -> whole.split(";", 2)[0].strip())
                            .orElse("");
                    if (asked.status() == OK && header(asked, "product_header").isPresent()) {
                        return AdminFailures.refused(Message.of("admin.no-owner-password"));
                    }
                    if (asked.status() != UNAUTHORIZED || challenge.isEmpty()) {
                        return AdminFailures.notUnderstood();
                    }
                    String answer = answer(credentials, realm, challenge);
                    return connection.postJson(
                            AUTH,
                            headers(),
                            JsonWriter.write(Map.of("login", credentials.user(), "password", answer)),
                            deadline);
                })
                .flatMap(came -> switch (came.status()) {
                    case OK -> Result.ok(this);
                    case UNAUTHORIZED -> AdminFailures.wrongPassword();
                    default -> AdminFailures.notUnderstood();
                });
    }

    /** The answer to a challenge: SHA-256 of it and of the MD5 of name, realm and password, in hexadecimal. */
    static String answer(Credentials credentials, String realm, String challenge) {
        String who =
                credentials.user() + ":" + realm + ":" + credentials.secret().reveal();
        return hash("SHA-256", challenge + hash("MD5", who));
    }

    private static String hash(String algorithm, String text) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private Map<String, String> headers() {
        return cookie.isEmpty() ? Map.of() : Map.of("Cookie", cookie);
    }

    /** @param what under the path of the interface */
    Result<Object> get(String what, Deadline deadline) {
        return connection
                .send("GET", details.text("path") + what, headers(), Optional.empty(), deadline)
                .flatMap(this::judged);
    }

    Result<Object> post(Map<String, Object> body, Deadline deadline) {
        Map<String, String> headers = new TreeMap<>(headers());
        headers.put("Content-Type", AdminConnection.JSON);
        return connection
                .send("POST", details.text("path"), headers, Optional.of(JsonWriter.write(body)), deadline)
                .flatMap(this::judged);
    }

    private Result<Object> judged(AdminAnswer answer) {
        if (answer.status() == UNAUTHORIZED) {
            return AdminFailures.sessionLost();
        }
        if (answer.status() == FORBIDDEN) {
            return AdminFailures.noRight(right);
        }
        return JsonBody.read(answer).flatMap(value -> {
            Optional<String> error = error(value, 0);
            if (error.isEmpty()) {
                return answer.isSuccess() ? Result.ok(value) : AdminFailures.notUnderstood();
            }
            return error.get().contains("denied") ? AdminFailures.noRight(right) : AdminFailures.badValues(error.get());
        });
    }

    /** An error stands anywhere in an answer that HTTP calls a success. */
    private static Optional<String> error(Object value, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        if (value instanceof List<?> all) {
            return all.stream()
                    .flatMap(one -> one == null ? Optional.<String>empty().stream() : error(one, depth + 1).stream())
                    .findFirst();
        }
        Map<String, Object> members = JsonBody.map(value);
        if (JsonBody.text(members, "status").equals("error")) {
            return Optional.of(JsonBody.text(members, "message"));
        }
        return members.values().stream()
                .flatMap(one -> error(one, depth + 1).stream())
                .findFirst();
    }
}
