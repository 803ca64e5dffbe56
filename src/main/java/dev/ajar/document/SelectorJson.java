package dev.ajar.document;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.model.Addresses;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.ProtocolChoice;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The gateway that a request is for: {@code methods} is empty for all protocols that may be used unasked. */
public final class SelectorJson {
    private SelectorJson() {}

    public static Map<String, Object> write(GatewaySelector selector) {
        return new JsonMembers()
                .with("methods", selector.protocols().keys().stream().sorted().toList())
                .with("address", selector.gateway().map(Addresses::text))
                .with("location", selector.location().map(URI::toString))
                .with("family", selector.ipVersion().key())
                .with("from_address", selector.from().map(Addresses::text))
                .map();
    }

    /** @throws JsonException if it is none */
    public static GatewaySelector read(JsonObject json) {
        List<String> methods = json.optionalTexts("methods");
        return new GatewaySelector(
                new ProtocolChoice(Set.copyOf(methods)),
                ValueJson.optionalAddress(json, "address"),
                json.optionalText("location").map(SelectorJson::location),
                json.optionalText("family").map(SelectorJson::family).orElse(IpVersion.IPV4),
                ValueJson.optionalAddress(json, "from_address"));
    }

    private static URI location(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new JsonException("it has a URL that is none", e);
        }
    }

    /** @throws JsonException if it is none */
    public static IpVersion family(String key) {
        for (IpVersion one : IpVersion.values()) {
            if (one.key().equals(key)) {
                return one;
            }
        }
        throw new JsonException("it has a version of IP that is none");
    }
}
