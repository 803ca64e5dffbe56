package dev.ajar.system.host;

import dev.ajar.model.Addresses;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.List;

/**
 * The command that lets something past a chain of rules, as the program that keeps the chain takes it.
 *
 * @param chain its family, table and name
 */
record RuleCommand(String chain) {
    /** NAT-PMP and PCP, and the search of UPnP. */
    static final List<Port> ROUTER_PORTS = List.of(new Port(5351), new Port(1900));

    private static final String GROUP = "239.255.255.250";
    private static final String GROUP_V6 = "ff02::c";

    /** The firewall as it is called to users. */
    String by() {
        return isOlder() ? IptablesText.NAME : NftRuleset.NAME;
    }

    private boolean isOlder() {
        return table().startsWith(IptablesText.NAME);
    }

    private String table() {
        return chain.split(" ", 3)[1];
    }

    /** @param sentOn whether it goes on to a container */
    String letsIn(TransportProtocol protocol, Port port, boolean sentOn) {
        return isOlder()
                ? iptables((sentOn ? "-m conntrack --ctstate DNAT " : "")
                        + ("-p " + protocol.label() + " --dport " + port))
                : nft((sentOn ? "ct status dnat " : "") + protocol.label() + " dport " + port);
    }

    String letsOut(TransportProtocol protocol, Port port) {
        return isOlder()
                ? iptables("-p " + protocol.label() + " --sport " + port)
                : nft(protocol.label() + " sport " + port);
    }

    /** All that goes to the router, since descriptions and requests of UPnP are at ports of its choice. */
    String letsQuestionsOut(InetAddress router) {
        boolean ipv4 = IpVersion.of(router) == IpVersion.IPV4;
        String group = ipv4 ? GROUP : GROUP_V6;
        String address = Addresses.text(router);
        return isOlder()
                ? iptables("-d " + address + "," + group)
                : nft((ipv4 ? "ip" : "ip6") + " daddr { " + address + ", " + group + " }");
    }

    /** Connections are not tracked: an answer to the search, which went to a group, would be a new one. */
    String letsAnswersIn(InetAddress router) {
        String family = IpVersion.of(router) == IpVersion.IPV4 ? "ip" : "ip6";
        String address = Addresses.text(router);
        return isOlder()
                ? iptables("-s " + address + " -p udp -m multiport --sports 1900,5351")
                : nft(family + " saddr " + address + " udp sport { 1900, 5351 }");
    }

    /** What the router answers at that port of its pages, and no connection that it begins from there. */
    String letsPageIn(InetAddress router, Port page) {
        String family = IpVersion.of(router) == IpVersion.IPV4 ? "ip" : "ip6";
        String address = Addresses.text(router);
        return isOlder()
                ? iptables("-s " + address + " -p tcp --sport " + page
                        // Which comes before connections are tracked.
                        + (table().endsWith("-raw") ? "" : " -m conntrack --ctstate ESTABLISHED"))
                : nft(family + " saddr " + address + " tcp sport " + page + " ct state established");
    }

    private String nft(String conditions) {
        return "sudo nft insert rule " + chain + " " + conditions + " accept";
    }

    private String iptables(String conditions) {
        String program = chain.startsWith("ip6 ") ? "ip6tables-legacy" : "iptables-legacy";
        String other = table().substring(IptablesText.NAME.length()).replaceFirst("-", "-t ");
        String inserted = (other.isEmpty() ? "" : other + " ") + "-I " + chain.split(" ", 3)[2];
        return "sudo " + program + " " + inserted + " " + conditions + " -j ACCEPT";
    }
}
