package dev.ajar.system.host;

import dev.ajar.message.Message;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What firewalld's own files say of its default zone. */
final class FirewalldFiles {
    private static final Pattern PORT = Pattern.compile("<port\\b([^>]*)>");
    private static final Pattern RULE = Pattern.compile("<rule\\b.*?</rule>", Pattern.DOTALL);
    private static final Pattern SERVICE = Pattern.compile("<service\\s+name=\"([^\"]*)\"");

    /** The services that most installations allow, and their ports. */
    private static final Map<String, Integer> KNOWN = Map.of(
            "ssh", 22,
            "dhcpv6-client", 546,
            "mdns", 5353,
            "cockpit", 9090,
            "samba-client", 137,
            "ipp-client", 631);

    private static final Pattern TARGET = Pattern.compile("<zone\\b[^>]*target=\"ACCEPT\"");

    private FirewalldFiles() {}

    static String defaultZone(String settings) {
        return settings.lines()
                .filter(line -> line.startsWith("DefaultZone="))
                .map(line -> line.substring("DefaultZone=".length()).strip())
                .filter(zone -> zone.matches("[A-Za-z0-9_-]+"))
                .findFirst()
                .orElse("public");
    }

    static FirewallState judge(String whole, TransportProtocol protocol, Port port) {
        // A rich rule lets in some addresses only.
        String zone = RULE.matcher(whole).replaceAll("");
        boolean open = TARGET.matcher(zone).find();
        Matcher ports = PORT.matcher(zone);
        while (ports.find() && !open) {
            open = attribute(ports.group(1), "protocol").equals(protocol.label())
                    && PortRanges.contains(attribute(ports.group(1), "port"), '-', port);
        }
        if (open) {
            return new FirewallState.Open();
        }
        String remedy = "sudo firewall-cmd --permanent --add-port="
                + port
                + "/"
                + protocol.label()
                + " && sudo firewall-cmd --reload";
        // A service may include the port, but which ports a service has is in another file.
        Matcher services = SERVICE.matcher(zone);
        while (services.find()) {
            String service = services.group(1);
            boolean itsPort = KNOWN.getOrDefault(service, port.number()) == port.number();
            if (itsPort) {
                return new FirewallState.Unknown(
                        Message.of("system.firewalld-service", "service", service), "sudo firewall-cmd --list-all");
            }
        }
        return new FirewallState.Closed("firewalld", remedy);
    }

    private static String attribute(String tag, String name) {
        Matcher match = Pattern.compile(name + "=\"([^\"]*)\"").matcher(tag);
        return match.find() ? match.group(1) : "";
    }
}
