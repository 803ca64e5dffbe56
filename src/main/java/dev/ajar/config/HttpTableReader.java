package dev.ajar.config;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Reachability;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the tables of what listens for HTTP: {@code [metrics]} and {@code [web]}. */
final class HttpTableReader {
    private static final int LAST_PORT = 65_535;

    private HttpTableReader() {}

    /** An address with its port. */
    private record Place(InetAddress address, int port) {}

    /** Empty after a mistake: without a readable address nothing listens. */
    static Optional<MetricsSettings> metrics(TableReader reader) {
        Optional<Place> place = reader.value("listen", HttpTableReader::place);
        Optional<Path> token = reader.value("token_file", HttpTableReader::file);
        reader.refuseOthers();
        if (!reader.has("listen")) {
            reader.problem(Message.of("config.metrics-listen-missing"));
        }
        return place.map(where -> new MetricsSettings(where.address(), where.port(), token));
    }

    static WebSettings web(TableReader reader) {
        Optional<Integer> port = reader.value("port", HttpTableReader::port);
        reader.refuseOthers();
        return new WebSettings(port);
    }

    private static Integer port(String text) throws InvalidInputException {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1024 || Integer.parseInt(text) > LAST_PORT) {
            throw new InvalidInputException(Message.of("config.web-port"));
        }
        return Integer.valueOf(text);
    }

    private static Path file(String text) throws InvalidInputException {
        try {
            Path file = Path.of(text);
            if (file.isAbsolute()) {
                return file;
            }
        } catch (InvalidPathException e) {
            // Told below.
        }
        throw new InvalidInputException(Message.of("config.metrics-token-file"));
    }

    /** Every address of the machine, 0.0.0.0, may include one on the internet. */
    private static Place place(String text) throws InvalidInputException {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String number = text.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        Optional<InetAddress> address =
                bracketed ? Addresses.ipv6(host.substring(1, host.length() - 1)) : Addresses.ipv4(host);
        boolean isPort =
                number.matches("\\d{1,5}") && Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= LAST_PORT;
        if (address.isEmpty() || !isPort) {
            throw new InvalidInputException(
                    Message.of("config.metrics-listen", "text", new RouterText(text).display()));
        }
        InetAddress where = address.get();
        if (where.isAnyLocalAddress() || where.isMulticastAddress()) {
            throw new InvalidInputException(Message.of("config.metrics-any", "address", Addresses.text(where)));
        }
        if (Reachability.of(address) == Reachability.PUBLIC) {
            throw new InvalidInputException(Message.of("config.metrics-public", "address", Addresses.text(where)));
        }
        return new Place(where, Integer.parseInt(number));
    }
}
