package dev.ajar.gateway.admin.connection;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.http.AdminAnswer;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonReader;
import dev.ajar.model.Result;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads JSON of routers: any member may be missing, of another type, or in place of a list. */
public final class JsonBody {
    private JsonBody() {}

    /** The whole body as a value of maps, lists, texts, numbers and flags. */
    public static Result<Object> read(AdminAnswer answer) {
        String text = answer.text().strip();
        if (!text.startsWith("{") && !text.startsWith("[")) {
            return AdminFailures.notUnderstood();
        }
        try {
            byte[] wrapped = ("{\"all\":" + text + "}").getBytes(StandardCharsets.UTF_8);
            Object all = JsonReader.read(wrapped).toMap().get("all");
            return all == null ? AdminFailures.notUnderstood() : Result.ok(all);
        } catch (JsonException e) {
            return AdminFailures.notUnderstood();
        }
    }

    /** The body, which must be an object. */
    public static Result<Map<String, Object>> object(AdminAnswer answer) {
        return read(answer)
                .flatMap(value -> value instanceof Map<?, ?> ? Result.ok(map(value)) : AdminFailures.notUnderstood());
    }

    /** {@code value} as an object; empty where it is none. */
    public static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                if (member != null) {
                    copy.put(String.valueOf(name), member);
                }
            });
        }
        return copy;
    }

    /** {@code value} as a list: a single object counts as one, as some routers leave the brackets out. */
    public static List<Object> list(@Nullable Object value) {
        return switch (value) {
            case null -> List.of();
            case List<?> all -> new ArrayList<>(all);
            default -> List.of(value);
        };
    }

    /** A list's elements by their index, as a path names them. */
    private static Map<String, Object> numbered(List<?> all) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            members.put(Integer.toString(i), all.get(i));
        }
        return members;
    }

    /** The member at a path such as {@code result.0.id}; a member's own name may hold dots. */
    public static Optional<Object> at(@Nullable Object value, String path) {
        if (path.isEmpty()) {
            return Optional.ofNullable(value);
        }
        Map<String, Object> members = value instanceof List<?> all ? numbered(all) : map(value);
        if (members.containsKey(path)) {
            return Optional.ofNullable(members.get(path));
        }
        int dot = path.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(members.get(path.substring(0, dot)))
                        .flatMap(next -> at(next, path.substring(dot + 1)));
    }

    /** A member as text: numbers and flags are written out, a list is joined by blanks; empty where it is missing. */
    public static String text(@Nullable Object value, String path) {
        return at(value, path).map(JsonBody::plain).orElse("");
    }

    private static String plain(Object value) {
        return switch (value) {
            case List<?> all ->
                String.join(" ", all.stream().map(String::valueOf).toList());
            case Map<?, ?> ignored -> "";
            default -> String.valueOf(value);
        };
    }
}
