package dev.ajar.web;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;

/** The headers of a request. */
final class RequestHeader {
    private RequestHeader() {}

    /** One that a request has once; empty without it. */
    static String single(HttpExchange exchange, String name) {
        List<String> values = exchange.getRequestHeaders().getOrDefault(name, List.of());
        // Two of them are no client's that means well; a value that is none is refused.
        return values.size() > 1 ? "\0" : values.isEmpty() ? "" : values.getFirst();
    }

    /** One that may be on several lines, which are one list. */
    static String list(HttpExchange exchange, String name) {
        return String.join(", ", exchange.getRequestHeaders().getOrDefault(name, List.of()));
    }
}
