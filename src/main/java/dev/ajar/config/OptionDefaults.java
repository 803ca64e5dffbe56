package dev.ajar.config;

import dev.ajar.message.Message;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.TimeSyntax;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Defaults for options, by the option's name without its dashes. They are checked, and stored as written. */
public record OptionDefaults(Map<String, String> values) {
    public static final OptionDefaults EMPTY = new OptionDefaults(Map.of());

    public OptionDefaults {
        values = Map.copyOf(values);
    }

    public Optional<String> of(String name) {
        return Optional.ofNullable(values.get(name));
    }

    static OptionDefaults read(TableReader reader, MappingProtocolSyntax protocols) {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, reader, "lease", TimeSyntax::lease);
        put(values, reader, "gateway", AddressSyntax::gateway);
        put(values, reader, "timeout", TimeSyntax::timeout);
        put(values, reader, "method", protocols::choice);
        put(values, reader, "router", OptionDefaults::consent);
        return new OptionDefaults(values);
    }

    /** Whether the router's own interface may be used where no protocol opens a port. */
    private static String consent(String text) throws InvalidInputException {
        if (!Set.of("allow", "ask", "never").contains(text)) {
            throw new InvalidInputException(Message.of("config.router"));
        }
        return text;
    }

    private static <T> void put(
            Map<String, String> values, TableReader reader, String name, TableReader.ValueParser<T> check) {
        reader.value(name, text -> {
                    check.parse(text);
                    return text;
                })
                .ifPresent(text -> values.put(name, text));
    }
}
