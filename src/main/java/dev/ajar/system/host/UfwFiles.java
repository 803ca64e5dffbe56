package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.Arrays;
import java.util.List;

/**
 * What ufw's own files say. Its rules stand in comments: {@code ### tuple ### allow tcp 25565 0.0.0.0/0 any 0.0.0.0/0
 * in}, sometimes with the name of an application before the last word.
 */
final class UfwFiles {
    private UfwFiles() {}

    static boolean isOn(String settings) {
        return settings.lines().anyMatch(line -> line.strip().equalsIgnoreCase("ENABLED=yes"));
    }

    /** The file with its rules for that version of IP, below the root. */
    static String rules(IpVersion ipVersion) {
        return switch (ipVersion) {
            case IPV4 -> "etc/ufw/user.rules";
            case IPV6 -> "etc/ufw/user6.rules";
        };
    }

    static FirewallState judge(
            String rules, String defaults, TransportProtocol protocol, Port port, IpVersion ipVersion) {
        if (ipVersion == IpVersion.IPV6 && isSet(defaults, "IPV6=no")) {
            return new FirewallState.Unknown(Message.of("system.ufw-without-ipv6"), "sudo ip6tables -L -n");
        }
        for (String line : rules.lines().toList()) {
            String[] words = line.strip().split("\\s+");
            boolean tuple = line.startsWith("### tuple ###") && words.length >= 10;
            if (tuple && concerns(words, protocol, port)) {
                String direction = words[words.length - 1];
                if (!direction.equals("in")) {
                    return new FirewallState.Unknown(Message.of("system.ufw-interface-rule"), "sudo ufw status");
                }
                return isOpen(words[3]) ? new FirewallState.Open() : closed(protocol, port);
            }
        }
        return isSet(defaults, "DEFAULT_INPUT_POLICY=ACCEPT") ? new FirewallState.Open() : closed(protocol, port);
    }

    private static boolean isSet(String settings, String line) {
        return settings.lines().map(one -> one.replace("\"", "").strip()).anyMatch(line::equals);
    }

    private static FirewallState closed(TransportProtocol protocol, Port port) {
        return new FirewallState.Closed("ufw", "sudo ufw allow " + port + "/" + protocol.label());
    }

    /** A limit lets in all but addresses that connect too often. */
    private static boolean isOpen(String action) {
        return List.of("allow", "limit").contains(action.replace("_log-all", "").replace("_log", ""));
    }

    /** From anywhere to that port of this machine itself; rules on what is routed begin otherwise. */
    private static boolean concerns(String[] words, TransportProtocol protocol, Port port) {
        boolean ours = !words[3].startsWith("route:");
        boolean named = words[4].equals("any") || words[4].equals(protocol.label());
        boolean fromAnywhere = List.of("0.0.0.0/0", "::/0", "any").contains(words[8]);
        boolean inwards = words[words.length - 1].startsWith("in");
        return ours
                && named
                && fromAnywhere
                && inwards
                && Arrays.stream(words[5].split(",")).anyMatch(range -> PortRanges.contains(range, ':', port));
    }
}
