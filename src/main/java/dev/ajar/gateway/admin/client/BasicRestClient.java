package dev.ajar.gateway.admin.client;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** REST with a fixed secret in each request, as HTTP Basic or in a header of its own: JSON both ways, no session. */
final class BasicRestClient {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    /** Where such interfaces say what they did not take. */
    private static final String[] DETAILS = {"validations", "detail", "message", "meta.msg"};

    private final AdminConnection connection;
    private final Map<String, String> authorization;
    private final String right;

    /**
     * @param keyHeader the header that carries the secret as it is; empty for HTTP Basic
     * @param right the right that the user of the router needs
     */
    BasicRestClient(AdminConnection connection, Credentials credentials, Optional<String> keyHeader, String right) {
        String secret = credentials.secret().reveal();
        byte[] pair = (credentials.user() + ":" + secret).getBytes(StandardCharsets.UTF_8);
        this.connection = connection;
        this.authorization = keyHeader
                .map(header -> Map.of(header, secret))
                .orElseGet(() ->
                        Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
        this.right = right;
    }

    /** @return the answer's JSON; an empty object where it has no body */
    Result<Object> send(RestDialect.Call call, Map<String, String> values, Deadline deadline) {
        Map<String, String> headers = new TreeMap<>(authorization);
        headers.put("Accept", AdminConnection.JSON);
        Optional<String> body = call.body(values).map(JsonWriter::write);
        body.ifPresent(json -> headers.put("Content-Type", AdminConnection.JSON));
        return connection
                .send(call.method(), call.path(values), headers, body, deadline)
                .flatMap(answer -> judge(answer, call));
    }

    private Result<Object> judge(AdminAnswer answer, RestDialect.Call call) {
        if (answer.status() == UNAUTHORIZED) {
            return AdminFailures.wrongPassword();
        }
        if (answer.status() == FORBIDDEN) {
            return AdminFailures.noRight(right);
        }
        if (answer.status() == NOT_FOUND && JsonBody.read(answer) instanceof Result.Err) {
            return Result.err(new Failure.Unsupported(Message.of("admin.no-such-interface"), Optional.empty()));
        }
        if (answer.isSuccess() && answer.text().isBlank()) {
            return Result.ok(Map.of());
        }
        return JsonBody.read(answer)
                .flatMap(value -> answer.isSuccess() && isAccepted(value, call)
                        ? Result.ok(value)
                        : AdminFailures.badValues(detail(value)));
    }

    private static boolean isAccepted(Object value, RestDialect.Call call) {
        return call.accept().entrySet().stream()
                .allMatch(
                        wanted -> JsonBody.text(value, wanted.getKey()).strip().equalsIgnoreCase(wanted.getValue()));
    }

    private static String detail(Object value) {
        for (String name : DETAILS) {
            Optional<Object> said = JsonBody.at(value, name);
            if (said.isPresent()) {
                return new RouterText(String.valueOf(said.get())).display();
            }
        }
        return "";
    }
}
