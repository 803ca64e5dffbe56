package dev.ajar.launch;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Reads the ports for players from a Minecraft server's {@code server.properties}: the server port, and the query port
 * where it is switched on. The ports for remote control and management are left out.
 */
public final class ServerProperties {
    private static final String DEFAULT_PORT = "25565";
    private static final long LARGEST = 1 << 20;

    private ServerProperties() {}

    /** A port for players. */
    public record PropertyUse(TransportProtocol protocol, Port port) {}

    /** @return empty where the file does not exist or cannot be read */
    public static List<PropertyUse> read(Path file) {
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return List.of();
            }
            // The encoding java.util.Properties uses, in which every byte is valid.
            return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return List.of();
        }
    }

    static List<PropertyUse> parse(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            return List.of();
        }
        // Only the Bedrock Edition has a port for IPv6, and it speaks UDP.
        boolean bedrock = properties.containsKey("server-portv6");
        List<PropertyUse> uses = new ArrayList<>();
        Port.parse(properties.getProperty("server-port", DEFAULT_PORT).strip())
                .ifPresent(port ->
                        uses.add(new PropertyUse(bedrock ? TransportProtocol.UDP : TransportProtocol.TCP, port)));
        boolean query = properties.getProperty("enable-query", "false").strip().equals("true");
        if (query && !bedrock) {
            Port.parse(properties.getProperty("query.port", DEFAULT_PORT).strip())
                    .ifPresent(port -> uses.add(new PropertyUse(TransportProtocol.UDP, port)));
        }
        return List.copyOf(uses);
    }
}
