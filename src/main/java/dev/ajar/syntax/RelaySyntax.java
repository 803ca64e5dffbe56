package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.Endpoint;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules of a relay: {@code 8554:192.168.1.20:554}, {@code 8554:192.168.1.20}, {@code 50000-50049:192.168.1.20/udp};
 * and {@code 80@8080:192.168.1.20:80}, where this machine listens on another port than the external one.
 */
public final class RelaySyntax {
    private RelaySyntax() {}

    /** @param udp whether a rule that names no protocol is for UDP */
    public static List<RelayPortRequest> parse(List<String> rules, boolean udp) throws InvalidInputException {
        List<RelayPortRequest> requests = new ArrayList<>();
        for (String rule : rules) {
            requests.addAll(parse(rule.strip(), udp));
            if (requests.size() > PortSyntax.MOST_PORTS) {
                throw new InvalidInputException(Message.of("syntax.too-many-ports", "most", PortSyntax.MOST_PORTS));
            }
        }
        Set<String> seen = new TreeSet<>();
        for (RelayPortRequest request : requests) {
            String outside = request.protocol().label(request.external());
            String here = request.protocol().label() + " @" + request.listen();
            if (!seen.add(outside) || !seen.add(here)) {
                throw new InvalidInputException(Message.of("syntax.named-twice", "port", outside));
            }
        }
        return requests;
    }

    private static List<RelayPortRequest> parse(String rule, boolean udp) throws InvalidInputException {
        int slash = rule.indexOf('/');
        String protocol = slash < 0 ? udp ? "udp" : "tcp" : rule.substring(slash + 1);
        String[] parts = (slash < 0 ? rule : rule.substring(0, slash)).split(":", -1);
        if (rule.indexOf('[') >= 0 || parts.length > 3) {
            throw new InvalidInputException(Message.of("syntax.rule-ipv4", "rule", shown(rule)));
        }
        if (parts.length < 2) {
            throw new InvalidInputException(Message.of("syntax.rule", "rule", shown(rule)));
        }
        InetAddress device = device(parts[1], rule);
        String[] outside = parts[0].split("@", -1);
        if (outside.length > 2) {
            throw new InvalidInputException(Message.of("syntax.rule", "rule", shown(rule)));
        }
        List<PortRequest> external = ports(outside[0], protocol);
        List<PortRequest> listen = outside.length == 1 ? external : ports(outside[1], protocol);
        List<PortRequest> there = parts.length == 2 ? external : ports(parts[2], protocol);
        if (listen.size() != external.size() || there.size() != external.size()) {
            throw new InvalidInputException(Message.of("syntax.rule-sizes", "rule", shown(rule)));
        }
        List<RelayPortRequest> requests = new ArrayList<>();
        for (int i = 0; i < external.size(); i++) {
            TransportProtocol transport = external.get(i).protocol();
            requests.add(new RelayPortRequest(
                    transport,
                    external.get(i).externalPort(),
                    listen.get(i).externalPort(),
                    new Endpoint(device, there.get(i).externalPort())));
        }
        return requests;
    }

    /**
     * Relays that run, by their external ports: {@code 8554}, {@code 8554/udp}, {@code 50000-50049}; of a whole rule,
     * only its external port counts.
     *
     * @param udp whether a port that names no protocol is UDP; else it is both
     */
    public static List<RelayPort> named(List<String> words, boolean udp) throws InvalidInputException {
        Set<RelayPort> all = new LinkedHashSet<>();
        for (String word : words) {
            for (String one : word.strip().split(",", -1)) {
                all.addAll(named(one.strip(), udp));
            }
        }
        return List.copyOf(all);
    }

    private static List<RelayPort> named(String word, boolean udp) throws InvalidInputException {
        boolean turned = word.matches("(?i)(tcp|udp|both)[/:].*");
        int slash = word.indexOf('/');
        String protocol = slash < 0 || turned ? "" : word.substring(slash);
        String rule = slash < 0 || turned ? word : word.substring(0, slash);
        String external = turned ? word : rule.split("[@:]", 2)[0] + protocol;
        boolean both = !turned && protocol.isEmpty() && !udp;
        List<PortRequest> ports =
                PortSyntax.parse(List.of(turned || !protocol.isEmpty() || !udp ? external : external + "/udp"));
        return ports.stream()
                .map(port -> new RelayPort(both ? Optional.empty() : Optional.of(port.protocol()), port.externalPort()))
                .toList();
    }

    private static List<PortRequest> ports(String text, String protocol) throws InvalidInputException {
        return PortSyntax.parse(List.of(text + "/" + protocol));
    }

    private static InetAddress device(String text, String rule) throws InvalidInputException {
        if (text.matches("\\d*")) {
            throw new InvalidInputException(Message.of("syntax.rule-device", "rule", shown(rule)));
        }
        return AddressSyntax.relayed(text);
    }

    private static String shown(String rule) {
        return new RouterText(rule).display();
    }
}
