package dev.ajar.gateway.admin.connection;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.http.AdminAnswer;
import dev.ajar.message.Message;
import dev.ajar.model.Result;
import java.util.Optional;

/** A router that takes no logins for a while, told with the time where the router tells it. */
public final class Lockout {
    private Lockout() {}

    /** An answer such as HTTP 429, which may have the header {@code Retry-After} with a number of seconds. */
    public static <T> Result<T> of(AdminAnswer answer) {
        return of(answer.header("retry-after").map(String::strip));
    }

    /** @param seconds as the router wrote them; empty where it did not */
    public static <T> Result<T> of(Optional<String> seconds) {
        return AdminFailures.refused(seconds.filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Message.of("admin.locked", "seconds", text))
                .orElseGet(() -> Message.of("admin.too-many-tries")));
    }
}
