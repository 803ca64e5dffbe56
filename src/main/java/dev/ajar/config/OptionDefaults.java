package dev.ajar.config;

import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.TimeSyntax;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Defaults for options.
 *
 * @param values as written, by the option's name without its dashes; they have been checked
 * @param lease of a port that the configuration file names
 * @param selection the gateway of a request that names none
 */
public record OptionDefaults(Map<String, String> values, LeaseDuration lease, GatewaySelector selection) {
    public static final OptionDefaults EMPTY =
            new OptionDefaults(Map.of(), LeaseDuration.STANDARD, GatewaySelector.AUTO);

    public OptionDefaults {
        values = Map.copyOf(values);
    }

    public Optional<String> of(String name) {
        return Optional.ofNullable(values.get(name));
    }

    static OptionDefaults read(TableReader reader, MappingProtocolSyntax protocols) {
        Map<String, String> values = new LinkedHashMap<>();
        Optional<LeaseDuration> lease = put(values, reader, "lease", TimeSyntax::lease);
        Optional<InetAddress> gateway = put(values, reader, "gateway", AddressSyntax::gateway);
        put(values, reader, "timeout", TimeSyntax::timeout);
        Optional<ProtocolChoice> method = put(values, reader, "method", protocols::choice);
        put(values, reader, "router", OptionDefaults::consent);
        put(values, reader, "router_password_file", OptionDefaults::wholePath);
        return new OptionDefaults(
                values,
                lease.orElse(EMPTY.lease),
                new GatewaySelector(method.orElse(ProtocolChoice.AUTOMATIC), gateway, Optional.empty()));
    }

    /** What a table says, and otherwise these. */
    GatewaySelector selection(Optional<ProtocolChoice> method, Optional<InetAddress> gateway) {
        return new GatewaySelector(
                method.orElse(selection.protocols()), gateway.or(selection::gateway), Optional.empty());
    }

    /** Whether the router's own interface may be used where no protocol opens a port. */
    private static String consent(String text) throws InvalidInputException {
        if (!Set.of("allow", "ask", "never").contains(text)) {
            throw new InvalidInputException(Message.of("config.router"));
        }
        return text;
    }

    /** The daemon has another folder than the command line. */
    private static Path wholePath(String text) throws InvalidInputException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new InvalidInputException(Message.of("config.router-password-file"));
    }

    private static <T> Optional<T> put(
            Map<String, String> values, TableReader reader, String name, TableReader.ValueParser<T> parser) {
        return reader.value(name, text -> {
            T parsed = parser.parse(text);
            values.put(name, text);
            return parsed;
        });
    }
}
