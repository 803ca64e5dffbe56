package dev.ajar.gateway.admin.rest;

import dev.ajar.gateway.admin.AdminFailures;
import dev.ajar.gateway.admin.Credentials;
import dev.ajar.http.AdminAnswer;
import dev.ajar.model.Result;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The same secret in each request, as HTTP Basic or in a header of its own. */
public final class FixedSecret implements RestAccess {
    private final Map<String, String> headers;

    /** @param keyHeader the header that carries the secret as it is; empty for HTTP Basic */
    public FixedSecret(Credentials credentials, Optional<String> keyHeader) {
        String secret = credentials.secret().reveal();
        byte[] pair = (credentials.user() + ":" + secret).getBytes(StandardCharsets.UTF_8);
        this.headers = keyHeader
                .map(header -> Map.of(header, secret))
                .orElseGet(() ->
                        Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public void seen(AdminAnswer answer) {}

    @Override
    public <T> Result<T> unauthorized() {
        return AdminFailures.wrongPassword();
    }

    @Override
    public void close() {}
}
