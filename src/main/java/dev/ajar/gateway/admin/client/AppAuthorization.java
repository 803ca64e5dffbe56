package dev.ajar.gateway.admin.client;

import dev.ajar.catalog.RouterInterface;
import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Asks the router for a token of ajar's own, which its owner grants by a press on the router. */
public final class AppAuthorization {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final ChallengeTokenClient client;

    public AppAuthorization(RouterInterface make, AdminConnection connection) {
        this.client = new ChallengeTokenClient(connection, make.details());
    }

    /**
     * Asks once, and then looks each second for the owner's answer.
     *
     * @param device the name of this computer, which the router shows
     * @param press called when the owner has to press
     * @return the token, which the caller closes
     */
    public Result<Secret> ask(String device, Runnable press, Deadline deadline) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("app_id", client.application());
        body.put("app_name", "ajar");
        body.put("app_version", "1.0");
        body.put("device_name", device);
        return client.call("POST", "login/authorize/", Optional.of(body), deadline)
                .flatMap(asked -> {
                    String token = JsonBody.text(asked, "app_token");
                    String track = JsonBody.text(asked, "track_id");
                    if (token.isEmpty() || !track.matches("\\d{1,9}")) {
                        return AdminFailures.notUnderstood();
                    }
                    press.run();
                    return granted(track, deadline).map(yes -> new Secret(token.toCharArray()));
                });
    }

    private Result<Boolean> granted(String track, Deadline deadline) {
        while (!deadline.hasPassed()) {
            Result<Object> looked = client.call("GET", "login/authorize/" + track, Optional.empty(), deadline);
            if (!(looked instanceof Result.Ok<Object>(Object answer))) {
                return looked.map(never -> false);
            }
            switch (JsonBody.text(answer, "status")) {
                case "granted" -> {
                    return Result.ok(true);
                }
                case "pending" -> deadline.pause(BETWEEN_LOOKS);
                case "denied" -> {
                    return AdminFailures.refused(Message.of("admin.press-denied"));
                }
                default -> {
                    return AdminFailures.refused(Message.of("admin.press-timeout"));
                }
            }
        }
        return AdminFailures.refused(Message.of("admin.press-timeout"));
    }
}
