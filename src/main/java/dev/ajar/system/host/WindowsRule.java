package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A rule of the firewall of Windows, as the registry has it (<a
 * href="https://learn.microsoft.com/openspecs/windows_protocols/ms-gpfas/2efe0b76-7b4a-41ff-9050-1023f8196d16">MS-GPFAS
 * 2.2.2.19</a>): {@code v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=25565|App=…|Name=…|}.
 *
 * @param ofPolicy whether an organisation has set it
 * @param fields what it says, by the names of the fields; some stand in it several times
 */
record WindowsRule(boolean ofPolicy, Map<String, List<String>> fields) {
    /** Any protocol. */
    private static final String ANY = "256";

    private static final int MOST_FIELDS = 2_000;

    /** What says nothing about which connections a rule is for. */
    private static final Set<String> WORDS = Set.of(
            "action", "active", "dir", "name", "desc", "embedctxt", "edge", "defer", "platform", "platform2", "lsm");

    private static final Set<String> JUDGED =
            Set.of("profile", "protocol", "lport", "lport2_10", "app", "svc", "apppkgid", "luown");

    /** What a connection is like about which a rule is asked. */
    record Incoming(
            TransportProtocol protocol,
            Port port,
            IpVersion ipVersion,
            WindowsProgram program,
            Map<String, String> environment) {}

    WindowsRule {
        fields = Map.copyOf(fields);
    }

    /** A rule that is on and about what comes in; empty for all others. */
    static Optional<WindowsRule> parse(String text, boolean ofPolicy) {
        String[] parts = text.split("\\|", MOST_FIELDS + 1);
        if (!parts[0].matches("[vV]\\d{1,3}\\.\\d{1,3}") || parts.length > MOST_FIELDS) {
            return Optional.empty();
        }
        Map<String, List<String>> fields = new HashMap<>();
        for (String part : parts) {
            int at = part.indexOf('=');
            if (at > 0) {
                fields.computeIfAbsent(part.substring(0, at).toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                        .add(part.substring(at + 1).strip());
            }
        }
        WindowsRule rule = new WindowsRule(ofPolicy, fields);
        return rule.says("active", "true") && rule.says("dir", "in") && rule.fields.containsKey("action")
                ? Optional.of(rule)
                : Optional.empty();
    }

    private List<String> all(String field) {
        return fields.getOrDefault(field, List.of());
    }

    private String text(String field) {
        return all(field).stream().findFirst().orElse("");
    }

    private boolean says(String field, String value) {
        return text(field).equalsIgnoreCase(value);
    }

    boolean blocks() {
        return says("action", "block");
    }

    boolean isFor(WindowsNetwork network) {
        return network.isAmong(all("profile"));
    }

    /** Its name and program, for {@code netsh}; empty where a command cannot safely name it. */
    Optional<String> named() {
        String name = text("name");
        String app = text("app");
        // A name in another language than the console's, or in a file of the system's, is not what netsh calls it.
        boolean plain = name.matches("[A-Za-z0-9][A-Za-z0-9 ._(){}+:,-]{0,120}")
                && app.matches("(?:[A-Za-z]:\\\\[A-Za-z0-9 ._()+\\\\-]{1,240})?");
        return plain
                ? Optional.of("name=\"" + name + "\" dir=in" + (app.isEmpty() ? "" : " program=\"" + app + "\""))
                : Optional.empty();
    }

    WindowsMatch matches(Incoming incoming) {
        return protocol(incoming.protocol())
                .and(port(incoming.port()))
                .and(program(incoming))
                .and(addresses(incoming.ipVersion()))
                .and(others());
    }

    private WindowsMatch protocol(TransportProtocol protocol) {
        String number = text("protocol");
        return WindowsMatch.of(
                number.isEmpty() || number.equals(ANY) || number.equals(Integer.toString(protocol.number())));
    }

    private WindowsMatch port(Port port) {
        WindowsMatch match = WindowsMatch.NO;
        List<String> ports = new ArrayList<>(all("lport"));
        ports.addAll(all("lport2_10"));
        for (String one : ports) {
            if (one.equals("*") || PortRanges.contains(one, '-', port)) {
                return WindowsMatch.YES;
            }
            // RPC, Teredo and so on are the ports that a service has just now.
            match = one.matches("[0-9-]+") ? match : WindowsMatch.MAYBE;
        }
        return ports.isEmpty() ? WindowsMatch.YES : match;
    }

    private WindowsMatch program(Incoming incoming) {
        WindowsMatch match = WindowsMatch.YES;
        for (String app : all("app")) {
            match = match.and(incoming.program().is(app, incoming.environment()));
        }
        if (fields.containsKey("svc")) {
            match = match.and(WindowsMatch.MAYBE);
        }
        if (fields.containsKey("apppkgid") || fields.containsKey("luown")) {
            match = match.and(incoming.program().mayBePackaged() ? WindowsMatch.MAYBE : WindowsMatch.NO);
        }
        return match;
    }

    /** A rule for some addresses of one version of IP is for none of the other. */
    private WindowsMatch addresses(IpVersion version) {
        String own = version == IpVersion.IPV4 ? "4" : "6";
        String other = version == IpVersion.IPV4 ? "6" : "4";
        WindowsMatch match = WindowsMatch.YES;
        for (String side : List.of("la", "ra")) {
            match = match.and(names(side + own) ? remote(side + own) : WindowsMatch.of(!names(side + other)));
        }
        return match;
    }

    private boolean names(String field) {
        return fields.keySet().stream().anyMatch(key -> key.startsWith(field));
    }

    /** Friends on the internet are on no network of this machine; which address of it they come to, is not judged. */
    private WindowsMatch remote(String field) {
        return field.startsWith("ra")
                ? WindowsSources.haveFriends(fields.entrySet().stream()
                        .filter(entry -> entry.getKey().startsWith(field))
                        .flatMap(entry -> entry.getValue().stream())
                        .toList())
                : WindowsMatch.MAYBE;
    }

    /** Conditions about keys, users, network cards and what later versions of Windows have. */
    private WindowsMatch others() {
        boolean known = fields.keySet().stream()
                .allMatch(key -> WORDS.contains(key) || JUDGED.contains(key) || key.matches("[lr]a[46].*"));
        return known ? WindowsMatch.YES : WindowsMatch.MAYBE;
    }
}
