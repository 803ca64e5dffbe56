package dev.ajar.gateway.admin.form;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonWriter;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One CGI program that takes JSON in the body of a form, after a login by form that ends in a redirect. The session is
 * a cookie, and in newer firmware also a token in the query.
 */
public final class FormCgiClient {
    private static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";
    private static final Pattern TOKEN = Pattern.compile("[?&]token=([0-9A-Za-z]{8,64})");
    private static final int MOST_STEPS = 3;

    private final AdminConnection connection;
    private final String path;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String token = "";

    /** @param path of the program */
    public FormCgiClient(AdminConnection connection, String path) {
        this.connection = connection;
        this.path = path;
    }

    /** One attempt: the redirects of the router itself are followed, and no other way in is used. */
    public Result<FormCgiClient> login(Credentials credentials, Deadline deadline) {
        String form = "username=" + encoded(credentials.user()) + "&password="
                + encoded(credentials.secret().reveal());
        Result<AdminAnswer> answer =
                connection.exchange("POST", path + "?action=login", headers(), Optional.of(form), deadline);
        boolean accepted = false;
        for (int step = 0; step < MOST_STEPS; step++) {
            if (!(answer instanceof Result.Ok<AdminAnswer>(AdminAnswer came))) {
                return answer.flatMap(never -> AdminFailures.notUnderstood());
            }
            keep(came);
            Optional<String> next =
                    came.isRedirect() ? came.header("location").flatMap(connection::pathOf) : Optional.empty();
            if (next.isEmpty()) {
                break;
            }
            if (next.get().contains("authCode=0") || next.get().contains("login.html")) {
                return AdminFailures.wrongPassword();
            }
            accepted = true;
            answer = connection.exchange("GET", next.get(), headers(), Optional.empty(), deadline);
        }
        return accepted && !(cookies.isEmpty() && token.isEmpty()) ? Result.ok(this) : AdminFailures.wrongPassword();
    }

    private void keep(AdminAnswer answer) {
        for (String cookie : answer.headers("set-cookie")) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (equals > 0 && cookies.size() < 8) {
                cookies.put(
                        pair.substring(0, equals).strip(),
                        pair.substring(equals + 1).strip());
            }
        }
        String places = answer.header("location").orElse("") + " " + answer.text();
        Matcher found = TOKEN.matcher(places);
        if (found.find()) {
            token = found.group(1);
        }
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", FORM);
        if (!cookies.isEmpty()) {
            StringBuilder all = new StringBuilder();
            cookies.forEach((name, value) -> all.append(all.isEmpty() ? "" : "; ")
                    .append(name)
                    .append('=')
                    .append(value));
            headers.put("Cookie", all.toString());
        }
        return headers;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** @param members of the request; {@code topicurl} names the operation */
    Result<Object> call(Map<String, Object> members, Deadline deadline) {
        String query = token.isEmpty() ? "" : "?token=" + token;
        return connection
                .send("POST", path + query, headers(), Optional.of(JsonWriter.write(members)), deadline)
                .flatMap(answer -> answer.text().stripLeading().startsWith("<")
                        ? AdminFailures.sessionLost()
                        : JsonBody.read(answer));
    }
}
