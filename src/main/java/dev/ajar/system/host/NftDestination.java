package dev.ajar.system.host;

import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a rule of nftables sends what comes to a port.
 *
 * @param isOwn whether it stays on this machine
 * @param address the other address, where the rule names one
 * @param port the port there; empty where the rule does not say
 */
record NftDestination(boolean isOwn, Optional<InetAddress> address, Optional<Port> port) {
    private static final Pattern REDIRECTION =
            Pattern.compile("(?:.* )?(tcp|udp|th) dport (\\{[^}]*\\}|[\\d-]+) (?:.*\\W)?(?:dnat|redirect)\\b.*");

    /** What comes to loopback comes from this machine alone: a container's port may be published there. */
    private static final Pattern LOOPBACK =
            Pattern.compile("(?:.* )?(?:ip daddr 127\\.|ip6 daddr ::1|(?:iif|iifname) \"?lo\"?(?: |$)).*");

    private static final Pattern COMES_BY =
            Pattern.compile("(?:^|.* )(?:iif|iifname) (\\{[^}]*\\}|\"[^\"]*\"|[\\w.@:*-]+) .*");

    private static final Pattern OF_IPV4 = Pattern.compile("(?:^|.* )(?:ip [sd]addr|meta nfproto ipv4|dnat ip to) .*");
    private static final Pattern OF_IPV6 =
            Pattern.compile("(?:^|.* )(?:ip6 [sd]addr|meta nfproto ipv6|dnat ip6 to) .*");

    private static final Pattern TO_OWN = Pattern.compile(".*\\bredirect(?: to :(\\d+))?\\b.*");
    private static final Pattern TO_ADDRESS =
            Pattern.compile(".*\\bdnat (?:ip6? )?to (\\[[0-9a-f:.]+\\]|[0-9.]+|[0-9a-f:]+)(?::(\\d+))?(?: .*)?");

    /** @return empty where the rule is not about what friends send to that port */
    static Optional<NftDestination> of(
            String rule, TransportProtocol protocol, Port port, IpVersion ipVersion, NftLinks links) {
        String text = NftPacket.plain(rule);
        Matcher redirection = REDIRECTION.matcher(text);
        Matcher link = COMES_BY.matcher(text);
        boolean byAnother = link.matches() && NftPacket.byLink(link.group(1), links.out()) == NftConditions.NOT_MET;
        Pattern otherVersion = ipVersion == IpVersion.IPV4 ? OF_IPV6 : OF_IPV4;
        boolean meant = redirection.matches()
                && !byAnother
                && !otherVersion.matcher(text).matches()
                && !LOOPBACK.matcher(text).matches()
                && (redirection.group(1).equals("th") || redirection.group(1).equals(protocol.label()))
                && NftPacket.named(redirection.group(2), port);
        if (!meant) {
            return Optional.empty();
        }
        Matcher own = TO_OWN.matcher(text);
        if (own.matches()) {
            return Optional.of(new NftDestination(true, Optional.empty(), port(own.group(1))));
        }
        Matcher other = TO_ADDRESS.matcher(text);
        return Optional.of(
                other.matches()
                        ? new NftDestination(false, NftLinks.address(other.group(1)), port(other.group(2)))
                        : new NftDestination(false, Optional.empty(), Optional.empty()));
    }

    private static Optional<Port> port(String digits) {
        return Optional.ofNullable(digits)
                .map(Integer::parseInt)
                .filter(Port::isValid)
                .map(Port::new);
    }

    Redirection told() {
        return new Redirection(isOwn ? port : Optional.empty());
    }
}
