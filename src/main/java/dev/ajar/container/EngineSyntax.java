package dev.ajar.container;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of container engines. */
public final class EngineSyntax {
    private static final Pattern TCP = Pattern.compile("(?:tcp|http)://([^/:\\s]{1,253}):(\\d{1,5})/?");

    private EngineSyntax() {}

    /** As {@code DOCKER_HOST} has it. Addresses of IPv6 are not read. */
    public static EngineAddress parse(String text) throws InvalidInputException {
        String word = text.strip();
        String shown = new RouterText(word).display();
        if (word.startsWith("unix://") || word.startsWith("/")) {
            return unix(word.startsWith("/") ? word : word.substring("unix://".length()), shown);
        }
        Matcher tcp = TCP.matcher(word);
        if (!tcp.matches() || !Port.isValid(Integer.parseInt(tcp.group(2)))) {
            throw new InvalidInputException(Message.of("containers.engine-address", "text", shown));
        }
        InetAddress address = Addresses.ipv4(tcp.group(1))
                .orElseThrow(() -> new InvalidInputException(Message.of("containers.engine-name", "text", shown)));
        if (AddressSyntax.onTheInternet(address).isPresent()) {
            throw new InvalidInputException(Message.of("containers.engine-far", "text", shown));
        }
        return new EngineAddress.Tcp(address, new Port(Integer.parseInt(tcp.group(2))));
    }

    private static EngineAddress unix(String path, String shown) throws InvalidInputException {
        try {
            Path socket = Path.of(path).normalize();
            if (!socket.isAbsolute() || socket.getNameCount() == 0) {
                throw new InvalidInputException(Message.of("containers.engine-path", "text", shown));
            }
            return new EngineAddress.Unix(socket);
        } catch (InvalidPathException e) {
            throw new InvalidInputException(Message.of("containers.engine-path", "text", shown));
        }
    }
}
