package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.Lockout;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A login with a user's name and password that gives a cookie, and a token against forged requests, which every change
 * must carry. Any answer may bring newer ones.
 */
public final class CookieCsrfClient implements RestAccess {
    private static final Duration LOGOUT = Duration.ofSeconds(2);
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;

    private final AdminConnection connection;
    private final Timeline timeline;
    private final String logoutPath;
    private final String cookieName;
    private final String tokenHeader;
    private final List<String> tokenAnswers;
    private final long secondFactorStatus;
    private final String secondFactorWord;
    private String cookie = "";
    private String token = "";

    private CookieCsrfClient(AdminConnection connection, JsonObject details, Timeline timeline) {
        this.connection = connection;
        this.timeline = timeline;
        this.logoutPath = details.text("logout");
        this.cookieName = details.text("cookie");
        this.tokenHeader = details.text("token_header");
        this.tokenAnswers = details.texts("token_answers");
        this.secondFactorStatus = details.number("second_factor_status");
        this.secondFactorWord = details.text("second_factor_word");
    }

    /**
     * One attempt.
     *
     * @param details the paths, the cookie, the headers of the token, and the signs of a second factor
     */
    public static Result<RestAccess> login(
            AdminConnection connection,
            JsonObject details,
            Credentials credentials,
            Timeline timeline,
            Deadline deadline) {
        CookieCsrfClient client = new CookieCsrfClient(connection, details, timeline);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("username", credentials.user());
        body.put("password", credentials.secret().reveal());
        body.put("remember", false);
        return connection
                .postJson(details.text("path"), Map.of(), JsonWriter.write(body), deadline)
                .flatMap(client::judged);
    }

    private Result<RestAccess> judged(AdminAnswer answer) {
        if (answer.status() == TOO_MANY) {
            return Lockout.of(answer);
        }
        boolean second = answer.status() == secondFactorStatus || answer.text().contains(secondFactorWord);
        if (!answer.isSuccess() && second) {
            return AdminFailures.refused(Message.of("admin.second-factor"));
        }
        if (answer.status() == UNAUTHORIZED || answer.status() == FORBIDDEN) {
            return AdminFailures.wrongPassword();
        }
        seen(answer);
        return answer.isSuccess() && !cookie.isEmpty() ? Result.ok(this) : AdminFailures.notUnderstood();
    }

    @Override
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Cookie", cookieName + "=" + cookie);
        if (!token.isEmpty()) {
            headers.put(tokenHeader, token);
        }
        return headers;
    }

    @Override
    public void seen(AdminAnswer answer) {
        for (String given : answer.headers("set-cookie")) {
            String pair = given.split(";", 2)[0].strip();
            if (pair.startsWith(cookieName + "=")) {
                usable(pair.substring(cookieName.length() + 1)).ifPresent(value -> cookie = value);
            }
        }
        for (String name : tokenAnswers) {
            answer.header(name).flatMap(CookieCsrfClient::usable).ifPresent(value -> token = value);
        }
    }

    /** A value that cannot end its header. */
    private static Optional<String> usable(String value) {
        return value.matches("[\\x21-\\x7e&&[^;]]{1,4000}") ? Optional.of(value) : Optional.empty();
    }

    /** The login was accepted, so the session has ended. */
    @Override
    public <T> Result<T> unauthorized() {
        return AdminFailures.sessionLost();
    }

    @Override
    public void close() {
        if (!cookie.isEmpty()) {
            // Best effort: the session ends by itself too.
            var unused = connection.postJson(logoutPath, headers(), "{}", Deadline.after(timeline, LOGOUT));
            cookie = "";
        }
    }
}
