package dev.ajar.gateway.admin.rpc;

import dev.ajar.gateway.admin.PortSpan;
import dev.ajar.gateway.admin.RouterRule;
import dev.ajar.gateway.admin.connection.JsonBody;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A section of type {@code redirect}, read as the router's firewall reads it. Pure.
 *
 * @param values its options, each a text or a list of texts
 * @see <a href="https://github.com/openwrt/firewall4/blob/master/root/usr/share/ucode/fw4.uc">parse_redirect</a>
 */
record RedirectSection(Object values) {
    private static final String ALL_PORTS = "1-65535";
    private static final String USUAL_PROTOCOLS = "tcp udp";

    static boolean isYes(String text) {
        return List.of("1", "on", "true", "yes").contains(text);
    }

    private String option(String name) {
        return JsonBody.text(values, name);
    }

    /** The zone it takes connections from. One without a zone, or for all of them, has no effect. */
    String source() {
        return option("src");
    }

    /** Any other target counts as the usual one, and names may be cut short. */
    boolean isForward() {
        String target = option("target").toLowerCase(Locale.ROOT);
        return target.isEmpty() || !"snat".startsWith(target);
    }

    /** Whether it can take connections of IPv4: the family is said, or follows from the address inside. */
    boolean isIpv4() {
        String family = option("family");
        return (!family.contains("6") || family.contains("4"))
                && !option("dest_ip").contains(":");
    }

    /**
     * @param key the section's name
     * @param takes whether it takes connections from outside
     * @return empty where it cannot be read
     */
    Optional<RouterRule> rule(String key, boolean takes) {
        List<String> protocols = protocols();
        boolean all = protocols.stream().anyMatch(RedirectSection::isForAll);
        String ports = option("src_dport");
        // Without an external port the rule takes them all, and so does one that is not for these protocols alone.
        return PortSpan.parse(all || ports.isEmpty() ? ALL_PORTS : ports)
                .filter(span -> !key.isBlank())
                .map(span -> new RouterRule(
                        key,
                        all ? EnumSet.allOf(TransportProtocol.class) : known(protocols),
                        span,
                        new RouterText(option("dest_ip")),
                        PortSpan.parse(option("dest_port")),
                        new RouterText(option("src_ip")),
                        new RouterText(option("name")),
                        takes && (option("enabled").isEmpty() || isYes(option("enabled")))));
    }

    private List<String> protocols() {
        String words = option("proto").strip();
        return List.of((words.isEmpty() ? USUAL_PROTOCOLS : words)
                .toLowerCase(Locale.ROOT)
                .split("\\s+", -1));
    }

    /** All protocols, or all but one. */
    private static boolean isForAll(String protocol) {
        return List.of("all", "any", "*").contains(protocol) || protocol.startsWith("!");
    }

    private static Set<TransportProtocol> known(List<String> protocols) {
        Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
        for (String protocol : protocols) {
            switch (protocol) {
                case "tcp", "6" -> found.add(TransportProtocol.TCP);
                case "udp", "17" -> found.add(TransportProtocol.UDP);
                case "tcpudp" -> found.addAll(EnumSet.allOf(TransportProtocol.class));
                default -> {
                    // Others have no ports.
                }
            }
        }
        return found;
    }
}
