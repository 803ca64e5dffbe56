package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ports of a command: {@code 25565}, {@code 25565/udp}, {@code 25565/both}, {@code 8443:443},
 * {@code 27015-27020/udp}, several with commas.
 */
public final class PortSyntax {
    /** Routers have room for 32 to 64 mappings, so a longer range is a typing mistake. */
    static final int MOST_PORTS = 100;

    /** {@code tcp/25565}, as other programs write it. */
    private static final Pattern TURNED = Pattern.compile("(?i)(tcp|udp|both)[/:](\\d.*)");

    private PortSyntax() {}

    public static List<PortRequest> parse(List<String> arguments) throws InvalidInputException {
        List<PortRequest> requests = new ArrayList<>();
        for (String argument : arguments) {
            for (String one : argument.strip().split(",", -1)) {
                requests.addAll(parse(one.strip()));
            }
            if (requests.size() > MOST_PORTS) {
                throw new InvalidInputException(Message.of("syntax.too-many-ports", "most", MOST_PORTS));
            }
        }
        Set<String> seen = new HashSet<>();
        for (PortRequest request : requests) {
            String name = request.protocol().label(request.externalPort());
            if (!seen.add(name)) {
                throw new InvalidInputException(Message.of("syntax.named-twice", "port", name));
            }
        }
        return requests;
    }

    private static List<PortRequest> parse(String written) throws InvalidInputException {
        Matcher turned = TURNED.matcher(written);
        String argument = turned.matches() ? turned.group(2) + "/" + turned.group(1) : written;
        int slash = argument.indexOf('/');
        String ports = slash < 0 ? argument : argument.substring(0, slash);
        List<TransportProtocol> protocols = protocols(slash < 0 ? "tcp" : argument.substring(slash + 1), argument);
        List<PortRequest> requests = new ArrayList<>();
        if (ports.indexOf('-', 1) > 0) {
            for (Port port : range(ports, argument)) {
                protocols.forEach(protocol -> requests.add(new PortRequest(protocol, port, port)));
            }
            return requests;
        }
        int colon = ports.indexOf(':');
        Port external = port(colon < 0 ? ports : ports.substring(0, colon), argument);
        Port internal = colon < 0 ? external : port(ports.substring(colon + 1), argument);
        protocols.forEach(protocol -> requests.add(new PortRequest(protocol, external, internal)));
        return requests;
    }

    private static List<TransportProtocol> protocols(String text, String argument) throws InvalidInputException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> List.of(TransportProtocol.TCP);
            case "udp" -> List.of(TransportProtocol.UDP);
            case "both" -> List.of(TransportProtocol.TCP, TransportProtocol.UDP);
            default -> throw new InvalidInputException(Message.of("syntax.protocol", "text", shown(argument)));
        };
    }

    private static List<Port> range(String text, String argument) throws InvalidInputException {
        if (text.indexOf(':') >= 0) {
            throw new InvalidInputException(Message.of("syntax.range-colon", "text", shown(argument)));
        }
        int dash = text.indexOf('-', 1);
        Port first = port(text.substring(0, dash), argument);
        Port last = port(text.substring(dash + 1), argument);
        if (last.compareTo(first) < 0) {
            throw new InvalidInputException(Message.of("syntax.range-backwards", "text", shown(argument)));
        }
        if (last.number() - first.number() >= MOST_PORTS) {
            throw new InvalidInputException(
                    Message.of("syntax.range-long", "text", shown(argument), "most", MOST_PORTS));
        }
        List<Port> ports = new ArrayList<>();
        for (int number = first.number(); number <= last.number(); number++) {
            ports.add(new Port(number));
        }
        return ports;
    }

    private static Port port(String text, String argument) throws InvalidInputException {
        boolean number = text.matches("\\d{1,9}");
        if (!number && !text.matches("-\\d+")) {
            throw new InvalidInputException(Message.of("syntax.not-a-port", "text", shown(argument)));
        }
        if (!number || !Port.isValid(Integer.parseInt(text))) {
            throw new InvalidInputException(Message.of("syntax.port-number", "text", shown(argument)));
        }
        return new Port(Integer.parseInt(text));
    }

    private static String shown(String argument) {
        return new RouterText(argument).display();
    }
}
