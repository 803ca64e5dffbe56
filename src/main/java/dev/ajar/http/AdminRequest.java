package dev.ajar.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A request to a router's own interface.
 *
 * @param method the HTTP method: {@code GET}, {@code POST}, {@code PUT}, {@code PATCH}, {@code DELETE}
 * @param uri {@code http} or {@code https} with an address, never a name
 * @param headers Content-Type included; their values are sent unchanged. They may hold secrets
 * @param body UTF-8; it may hold secrets
 * @param pin the {@link CertificatePin} that the router's certificate must have; empty only for {@code http}
 */
public record AdminRequest(
        String method, URI uri, Map<String, String> headers, Optional<String> body, Optional<CertificatePin> pin) {
    public AdminRequest {
        headers = Map.copyOf(headers);
    }

    byte[] bytes() {
        return body.orElse("").getBytes(StandardCharsets.UTF_8);
    }

    /** Without what may be secret. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }
}
