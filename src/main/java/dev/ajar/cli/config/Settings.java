package dev.ajar.cli.config;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.MethodSyntax;
import dev.ajar.cli.input.TimeSyntax;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Defaults for options, by the option's name without its dashes. Checked, and kept as they were written. */
public record Settings(Map<String, String> values) {
    public static final Settings EMPTY = new Settings(Map.of());

    public Settings {
        values = Map.copyOf(values);
    }

    public Optional<String> of(String name) {
        return Optional.ofNullable(values.get(name));
    }

    static Settings read(TableReader reader) {
        Map<String, String> values = new LinkedHashMap<>();
        keep(values, reader, "lease", TimeSyntax::lease);
        keep(values, reader, "gateway", AddressSyntax::gateway);
        keep(values, reader, "timeout", TimeSyntax::timeout);
        keep(values, reader, "method", MethodSyntax::methods);
        return new Settings(values);
    }

    private static <T> void keep(
            Map<String, String> values, TableReader reader, String name, TableReader.Parser<T> check) {
        reader.value(name, text -> {
                    check.parse(text);
                    return text;
                })
                .ifPresent(text -> values.put(name, text));
    }
}
