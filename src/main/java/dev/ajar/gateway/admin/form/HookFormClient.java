package dev.ajar.gateway.admin.form;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.gateway.admin.connection.Lockout;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonObject;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values of the router's memory, read by hooks and written by a form, after a login by form that gives a token for a
 * cookie. There are no cookies of the router's own, and each request names a page of the router as the one it comes
 * from.
 */
public final class HookFormClient {
    private static final String FORM = "application/x-www-form-urlencoded";

    /** Some firmware writes the time behind the end of the document, so this is not read as JSON. */
    private static final Pattern ERROR =
            Pattern.compile("\\s*\\{\\s*\"error_status\"\\s*:\\s*\"?(\\d{1,3})\"?\\s*[,}]");

    private static final Pattern LOCKED =
            Pattern.compile("\"remaining_lock_time\"\\s*:\\s*\"?(\\d{1,6})\"?\\s*(?:[,}]|$)");

    private final AdminConnection connection;
    private final JsonObject details;
    private String token = "";

    /** @param details the paths, the program to speak as, the cookie, and what puts changes into effect */
    public HookFormClient(AdminConnection connection, JsonObject details) {
        this.connection = connection;
        this.details = details;
    }

    /** One attempt. */
    public Result<HookFormClient> login(Credentials credentials, Deadline deadline) {
        String pair = credentials.user() + ":" + credentials.secret().reveal();
        String form = "login_authorization="
                + encoded(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        return post(details.text("login"), form, deadline)
                .flatMap(JsonBody::object)
                .flatMap(answer -> {
                    String given = JsonBody.text(answer, details.text("cookie"));
                    if (!given.matches("[\\x21-\\x7e&&[^;,\"]]{1,200}")) {
                        return AdminFailures.notUnderstood();
                    }
                    token = given;
                    return Result.ok(this);
                });
    }

    void logout(Deadline deadline) {
        if (!token.isEmpty()) {
            // Best effort: the session ends by itself too.
            var unused = connection.send("GET", details.text("logout"), headers(), Optional.empty(), deadline);
            token = "";
        }
    }

    /** @return the text of each value; one that the router does not have is missing */
    Result<Map<String, String>> values(List<String> names, Deadline deadline) {
        String hooks = names.stream().map(name -> "nvram_get(" + name + ");").collect(Collectors.joining());
        return post(details.text("read"), "hook=" + hooks, deadline)
                .flatMap(JsonBody::object)
                .map(answer -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    names.forEach(name -> {
                        if (answer.get(name) instanceof String text) {
                            values.put(name, text);
                        }
                    });
                    return values;
                });
    }

    /** Writes values and puts them into effect. What came of it is seen only by reading. */
    Result<Boolean> apply(Map<String, String> values, Deadline deadline) {
        StringBuilder form = new StringBuilder("action_mode=apply&rc_service=" + encoded(details.text("service")));
        values.forEach((name, value) ->
                form.append('&').append(encoded(name)).append('=').append(encoded(value)));
        return post(details.text("write"), form.toString(), deadline)
                .flatMap(JsonBody::object)
                .map(answer -> true);
    }

    private Result<AdminAnswer> post(String path, String form, Deadline deadline) {
        return connection
                .send("POST", path, headers(), Optional.of(form), deadline)
                .flatMap(this::judged);
    }

    private Result<AdminAnswer> judged(AdminAnswer answer) {
        Matcher error = ERROR.matcher(answer.text());
        if (error.lookingAt()) {
            return failure(Integer.parseInt(error.group(1)), answer.text());
        }
        boolean page = answer.text().stripLeading().startsWith("<");
        if (page && !token.isEmpty()) {
            return AdminFailures.sessionLost();
        }
        return answer.isSuccess() ? Result.ok(answer) : AdminFailures.notUnderstood();
    }

    private static <T> Result<T> failure(int code, String text) {
        return switch (code) {
            case 1, 2, 8 -> AdminFailures.sessionLost();
            case 3 -> AdminFailures.wrongPassword();
            case 7 -> {
                Matcher time = LOCKED.matcher(text);
                yield Lockout.of(time.find() ? Optional.of(time.group(1)) : Optional.empty());
            }
            case 9 -> AdminFailures.refused(Message.of("admin.other-administrator"));
            case 10 -> AdminFailures.refused(Message.of("admin.captcha"));
            case 11 -> AdminFailures.refused(Message.of("admin.no-owner-password"));
            default -> AdminFailures.refused(Message.of("admin.rpc-error", "code", code));
        };
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", FORM);
        headers.put("User-Agent", details.text("agent"));
        headers.put("Referer", connection.base() + "/");
        if (!token.isEmpty()) {
            headers.put("Cookie", details.text("cookie") + "=" + token);
        }
        return headers;
    }

    /** With {@code %20} for a blank, which every reader of forms knows. */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
