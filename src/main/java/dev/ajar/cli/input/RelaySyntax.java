package dev.ajar.cli.input;

import dev.ajar.model.Endpoint;
import dev.ajar.model.Protocol;
import dev.ajar.model.RouterText;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code 8554:192.168.1.20:554}, {@code 8554:192.168.1.20}, {@code 50000-50049:192.168.1.20/udp}, and where this machine
 * has to listen on another port than the internet sees, {@code 80@8080:192.168.1.20:80}.
 */
public final class RelaySyntax {
    private static final String EXAMPLE = "write EXTERNAL:DEVICE:PORT, such as 8554:192.168.1.20:554";

    private RelaySyntax() {}

    /** @param udp whether a rule that names no protocol is for UDP */
    public static List<RelayWish> parse(List<String> rules, boolean udp) throws BadInput {
        List<RelayWish> wishes = new ArrayList<>();
        for (String rule : rules) {
            wishes.addAll(parse(rule.strip(), udp));
            if (wishes.size() > PortSyntax.MOST_PORTS) {
                throw new BadInput("that is more than "
                        + PortSyntax.MOST_PORTS
                        + " ports at once; a router has no room for so many");
            }
        }
        Set<String> seen = new TreeSet<>();
        for (RelayWish wish : wishes) {
            String outside = wish.protocol().label() + " " + wish.external();
            String here = wish.protocol().label() + " @" + wish.listen();
            if (!seen.add(outside) || !seen.add(here)) {
                throw new BadInput(outside + " is named twice");
            }
        }
        return wishes;
    }

    private static List<RelayWish> parse(String rule, boolean udp) throws BadInput {
        int slash = rule.indexOf('/');
        String protocol = slash < 0 ? udp ? "udp" : "tcp" : rule.substring(slash + 1);
        String[] parts = (slash < 0 ? rule : rule.substring(0, slash)).split(":", -1);
        if (rule.indexOf('[') >= 0 || parts.length > 3) {
            throw new BadInput(shown(rule) + ": devices are reached by their IPv4 address; " + EXAMPLE);
        }
        if (parts.length < 2) {
            throw new BadInput(shown(rule) + " is no rule; " + EXAMPLE);
        }
        InetAddress device = device(parts[1], rule);
        String[] outside = parts[0].split("@", -1);
        if (outside.length > 2) {
            throw new BadInput(shown(rule) + " is no rule; " + EXAMPLE);
        }
        List<PortWish> external = ports(outside[0], protocol);
        List<PortWish> listen = outside.length == 1 ? external : ports(outside[1], protocol);
        List<PortWish> there = parts.length == 2 ? external : ports(parts[2], protocol);
        if (listen.size() != external.size() || there.size() != external.size()) {
            throw new BadInput(shown(rule)
                    + ": both sides of a rule have the same number of ports, as in 50000-50049:192.168.1.20");
        }
        List<RelayWish> wishes = new ArrayList<>();
        for (int i = 0; i < external.size(); i++) {
            Protocol which = external.get(i).protocol();
            wishes.add(new RelayWish(
                    which,
                    external.get(i).externalPort(),
                    listen.get(i).externalPort(),
                    new Endpoint(device, there.get(i).externalPort())));
        }
        return wishes;
    }

    private static List<PortWish> ports(String text, String protocol) throws BadInput {
        return PortSyntax.parse(List.of(text + "/" + protocol));
    }

    private static InetAddress device(String text, String rule) throws BadInput {
        if (text.matches("\\d*")) {
            throw new BadInput(shown(rule) + " names no device; " + EXAMPLE);
        }
        return AddressSyntax.relayed(text);
    }

    private static String shown(String rule) {
        return "\"" + new RouterText(rule).display() + "\"";
    }
}
