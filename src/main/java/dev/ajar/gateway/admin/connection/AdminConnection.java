package dev.ajar.gateway.admin.connection;

import dev.ajar.http.AdminAnswer;
import dev.ajar.http.AdminHttp;
import dev.ajar.http.AdminRequest;
import dev.ajar.http.CertificatePin;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.system.Deadline;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where one router's interface is. Everything goes to that address, by that scheme, and with the pinned key.
 *
 * @param base scheme, address and port, without a path
 * @param pin the key of its certificate; empty only for {@code http}
 * @param local the source address
 */
public record AdminConnection(AdminHttp http, URI base, Optional<CertificatePin> pin, InetAddress local) {
    public static final String JSON = "application/json";

    /**
     * @param path with its query, beginning with a slash
     * @return the whole answer, whatever its status; a redirect or an answer cut off is a failure
     */
    public Result<AdminAnswer> send(
            String method, String path, Map<String, String> headers, Optional<String> body, Deadline deadline) {
        return exchange(method, path, headers, body, deadline).flatMap(AdminConnection::complete);
    }

    /** Like {@link #send}, but a redirect or an answer cut off is returned as it came. */
    public Result<AdminAnswer> exchange(
            String method, String path, Map<String, String> headers, Optional<String> body, Deadline deadline) {
        return http.send(new AdminRequest(method, URI.create(base + path), headers, body, pin), local, deadline);
    }

    /**
     * The path and query of a redirect's target.
     *
     * @param location of the redirect
     * @return empty where it leads to another host, port or scheme
     */
    public Optional<String> pathOf(String location) {
        try {
            URI target = base.resolve(new URI(location));
            boolean same = base.getScheme().equals(target.getScheme())
                    && base.getAuthority().equals(target.getAuthority());
            String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
            return same ? Optional.of(target.getRawPath() + query) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Posts a JSON document. */
    public Result<AdminAnswer> postJson(String path, Map<String, String> headers, String json, Deadline deadline) {
        Map<String, String> all = new TreeMap<>(headers);
        all.putIfAbsent("Content-Type", JSON);
        return send("POST", path, all, Optional.of(json), deadline);
    }

    private static Result<AdminAnswer> complete(AdminAnswer answer) {
        if (answer.isRedirect()) {
            return Result.err(
                    new Failure.Malformed(Message.of("admin.redirect", "status", answer.status()), Optional.empty()));
        }
        return answer.whole()
                ? Result.ok(answer)
                : Result.err(new Failure.Malformed(Message.of("admin.cut-off"), Optional.empty()));
    }
}
