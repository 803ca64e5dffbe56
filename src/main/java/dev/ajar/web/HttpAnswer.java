package dev.ajar.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer that is known as a whole.
 *
 * @param headers beside those that every answer has
 */
record HttpAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final String TEXT = "text/plain; charset=utf-8";

    /** One line for people. */
    static HttpAnswer text(int status, String line) {
        return new HttpAnswer(status, TEXT, (line + "\n").getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static HttpAnswer json(String document) {
        return new HttpAnswer(
                200, "application/json; charset=utf-8", document.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, contentType, body, more);
    }

    /** Sends it. The body is left out where the client asked for none. */
    void send(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        headers.forEach(exchange.getResponseHeaders()::set);
        if (exchange.getRequestMethod().equals("HEAD") || body.length == 0) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
