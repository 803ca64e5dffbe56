package dev.ajar.gateway.admin.rest;

import dev.ajar.http.AdminAnswer;
import dev.ajar.model.Result;
import java.util.Map;

/** What lets requests to a REST interface in: a secret that each of them carries, or a session. */
public interface RestAccess extends AutoCloseable {
    Map<String, String> headers();

    /** Looks at an answer before it is judged: it may renew what the next request has to carry. */
    void seen(AdminAnswer answer);

    /** What it means that a request was not let in. */
    <T> Result<T> unauthorized();

    /** Ends the session, if there is one. */
    @Override
    void close();
}
