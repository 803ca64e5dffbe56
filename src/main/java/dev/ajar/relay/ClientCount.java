package dev.ajar.relay;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A source of connections that a rule has now.
 *
 * @param source an IPv4 address, or the /64 of an IPv6 address
 * @param connections or sessions
 */
public record ClientCount(String source, int connections) {
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("source", source);
        json.put("connections", connections);
        return json;
    }
}
