package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.connection.AdminConnection;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.gateway.admin.connection.Lockout;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.system.Deadline;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** REST with JSON both ways. */
public final class BasicRestClient implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    /** Where such interfaces say what they did not take. */
    private static final String[] DETAILS = {"validations", "detail", "message", "errorMessage", "meta.msg"};

    private final AdminConnection connection;
    private final RestAccess access;
    private final String right;

    /**
     * @param access is closed with this client
     * @param right the right that the user of the router needs
     */
    public BasicRestClient(AdminConnection connection, RestAccess access, String right) {
        this.connection = connection;
        this.access = access;
        this.right = right;
    }

    /** @return the answer's JSON; an empty object where it has no body */
    Result<Object> send(RestDialect.Call call, Map<String, String> values, Deadline deadline) {
        Map<String, String> headers = new TreeMap<>(access.headers());
        headers.put("Accept", AdminConnection.JSON);
        Optional<String> body = call.body(values).map(JsonWriter::write);
        body.ifPresent(json -> headers.put("Content-Type", AdminConnection.JSON));
        return connection
                .send(call.method(), call.path(values), headers, body, deadline)
                .flatMap(answer -> {
                    access.seen(answer);
                    return judge(answer, call);
                });
    }

    private Result<Object> judge(AdminAnswer answer, RestDialect.Call call) {
        if (answer.status() == UNAUTHORIZED) {
            return access.unauthorized();
        }
        if (answer.status() == TOO_MANY) {
            return Lockout.of(answer);
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

    /** What a router did not put into effect has no values that it could have refused. */
    static Result<Object> asNotApplied(Result<Object> applied) {
        return isNo(applied) ? AdminFailures.refused(Message.of("admin.not-applied")) : applied;
    }

    /** Whether the answer came and does not have what means yes. */
    static boolean isNo(Result<Object> answer) {
        return answer instanceof Result.Err<Object>(Failure.Unsupported refused)
                && refused.detail().key().equals("admin.bad-values");
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

    @Override
    public void close() {
        access.close();
    }
}
