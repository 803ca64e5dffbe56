package dev.ajar.syntax;

import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code 25565}, {@code 25565/udp}, {@code 25565/both}, {@code 8443:443}, {@code 27015-27020/udp}. */
public final class PortSyntax {
    /** Routers have room for 32 to 64 forwardings; a longer range is a slip of the finger. */
    static final int MOST_PORTS = 100;

    private PortSyntax() {}

    public static List<PortRequest> parse(List<String> arguments) throws InvalidInputException {
        List<PortRequest> desiredMappings = new ArrayList<>();
        for (String argument : arguments) {
            desiredMappings.addAll(parse(argument.strip()));
            if (desiredMappings.size() > MOST_PORTS) {
                throw new InvalidInputException(
                        "that is more than " + MOST_PORTS + " ports at once; a router has no room for so many");
            }
        }
        Set<String> seen = new HashSet<>();
        for (PortRequest desired : desiredMappings) {
            String name = desired.protocol().label() + " " + desired.externalPort();
            if (!seen.add(name)) {
                throw new InvalidInputException(name + " is named twice");
            }
        }
        return desiredMappings;
    }

    private static List<PortRequest> parse(String argument) throws InvalidInputException {
        int slash = argument.indexOf('/');
        String ports = slash < 0 ? argument : argument.substring(0, slash);
        List<TransportProtocol> protocols = protocols(slash < 0 ? "tcp" : argument.substring(slash + 1), argument);
        List<PortRequest> desiredMappings = new ArrayList<>();
        if (ports.indexOf('-', 1) > 0) {
            for (Port port : range(ports, argument)) {
                protocols.forEach(protocol -> desiredMappings.add(new PortRequest(protocol, port, port)));
            }
            return desiredMappings;
        }
        int colon = ports.indexOf(':');
        Port external = port(colon < 0 ? ports : ports.substring(0, colon), argument);
        Port internal = colon < 0 ? external : port(ports.substring(colon + 1), argument);
        protocols.forEach(protocol -> desiredMappings.add(new PortRequest(protocol, external, internal)));
        return desiredMappings;
    }

    private static List<TransportProtocol> protocols(String text, String argument) throws InvalidInputException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> List.of(TransportProtocol.TCP);
            case "udp" -> List.of(TransportProtocol.UDP);
            case "both" -> List.of(TransportProtocol.TCP, TransportProtocol.UDP);
            default -> throw new InvalidInputException("\"" + shown(argument) + "\": the protocol is tcp, udp or both");
        };
    }

    private static List<Port> range(String text, String argument) throws InvalidInputException {
        if (text.indexOf(':') >= 0) {
            throw new InvalidInputException(
                    "\"" + shown(argument) + "\": a range keeps its numbers, so it takes no colon");
        }
        int dash = text.indexOf('-', 1);
        Port first = port(text.substring(0, dash), argument);
        Port last = port(text.substring(dash + 1), argument);
        if (last.compareTo(first) < 0) {
            throw new InvalidInputException(
                    "\"" + shown(argument) + "\": the range runs backwards; write the lower port first");
        }
        if (last.number() - first.number() >= MOST_PORTS) {
            throw new InvalidInputException("\""
                    + shown(argument)
                    + "\" is more than "
                    + MOST_PORTS
                    + " ports; a router has no room for so many");
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
            throw new InvalidInputException(
                    "\"" + shown(argument) + "\" is not a port; write a number such as 25565 or 25565/udp");
        }
        if (!number || !Port.isValid(Integer.parseInt(text))) {
            throw new InvalidInputException("\"" + shown(argument) + "\": ports go from 1 to 65535");
        }
        return new Port(Integer.parseInt(text));
    }

    private static String shown(String argument) {
        return new dev.ajar.model.RouterText(argument).display();
    }
}
