package dev.ajar.cli.render;

import dev.ajar.mapping.OpenReport;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Mapping;
import dev.ajar.model.Reachability;
import dev.ajar.model.TransportProtocol;
import java.util.ArrayList;
import java.util.List;

/** What to do next, for each thing that can go wrong. */
public final class Advice {
    private static final String PUBLIC_ADDRESS =
            "If the provider shares one address among customers, ask it for a public IPv4 address; or let friends come by IPv6; or rent a small server with a tunnel.";

    private Advice() {}

    public static List<String> of(Failure failure) {
        return switch (failure) {
            case Failure.NoGateway ignored ->
                List.of(
                        "Switch on UPnP (or NAT-PMP, PCP) in the router's own page, usually under Advanced, NAT or Firewall.",
                        "On Wi-Fi extenders, guest networks and VPNs, connect to the main router instead.",
                        "Find out which of these it is: ajar doctor",
                        "If you know the router's address: ajar open PORT --gateway 192.168.1.1");
            case Failure.NoIpv6 ignored ->
                List.of(
                        "See in the router's own page, usually under Internet or WAN, whether IPv6 is on; not every provider has it.",
                        "Over IPv4 the port can be opened all the same: ajar open PORT");
            case Failure.NoFirewall ignored ->
                List.of(
                        "Let a friend try the port over IPv6: where the router keeps nobody out, nothing has to be opened.",
                        "Otherwise allow it by hand in the router's own page, under IPv6, Firewall or Pinholes: this machine's IPv6 address, the protocol and the port.",
                        "Or switch on UPnP or PCP there, and run the command again.",
                        "Over IPv4 ajar may get further: ajar open PORT");
            case Failure.Unreachable ignored ->
                List.of("Check the connection to the router, then try again.", "See what answers: ajar discover");
            case Failure.TimedOut ignored ->
                List.of(
                        "Try again; give a slow router more time with --timeout 30s.",
                        "See what answers: ajar discover");
            case Failure.Refused ignored ->
                List.of(
                        "In the router's own page, allow devices to open ports (UPnP, or \"independent port sharing\" for this device).",
                        "Many routers refuse ports below 1024: try a higher one, such as 8443:443.");
            case Failure.ForeignHostRefused refused ->
                List.of(
                        "Let this machine carry it there, as long as the command runs: ajar relay EXTERNAL:"
                                + Addresses.text(refused.client())
                                + ":PORT",
                        "Run ajar on that device itself.",
                        "Or add the port forwarding by hand in the router's own page.");
            case Failure.Conflict conflict -> conflict(conflict);
            case Failure.LeftOpen left -> {
                List<String> all = new ArrayList<>(of(left.cause()));
                left.ports().forEach(port -> all.add("Close what may be open: ajar close " + port));
                yield List.copyOf(all);
            }
            case Failure.SecondNat second -> second.router().isPresent() ? refusing() : behindAnother();
            case Failure.NoResources ignored ->
                List.of(
                        "Close ports you no longer need: ajar list, then ajar close PORT.",
                        "Restarting the router often clears old entries.");
            case Failure.Unsupported ignored ->
                List.of(
                        "Try another way of asking: --method upnp, nat-pmp or pcp.",
                        "Or add the port forwarding by hand in the router's own page.");
            case Failure.Malformed ignored ->
                List.of(
                        "Try another way of asking: --method upnp, nat-pmp or pcp.",
                        "Restart the router; if it happens again, please report what ajar discover prints.");
            case Failure.Unsafe unsafe -> List.of(unsafe.remedy().toString());
            case Failure.LocalPort local -> List.of(local.remedy().toString());
            case Failure.Usage ignored -> List.of("See the examples: ajar open --help");
            case Failure.Busy ignored -> List.of("Run the command again in a moment.");
            case Failure.BadConfiguration ignored ->
                List.of("Check it line by line: ajar config check", "An example to begin with is in docs/keeping.md.");
            case Failure.BadState ignored ->
                List.of(
                        "Make that place readable and writable for you, or name another: XDG_STATE_HOME=/some/folder ajar …",
                        "A damaged file can be moved away; ajar then no longer knows which ports it opened.");
        };
    }

    /** As {@link #of(Failure)}, with the internal port of what was wanted in the place of {@code PORT}. */
    static List<String> of(Failure failure, Mapping wanted) {
        String port = wanted.target().port().toString();
        String protocol = wanted.protocol() == TransportProtocol.UDP ? "/udp" : "";
        return of(failure).stream()
                .map(line -> line.replace(":PORT", ":" + port))
                .map(line -> line.contains("EXTERNAL:")
                        ? line.replace("EXTERNAL", wanted.externalPort().toString()) + protocol
                        : line)
                .toList();
    }

    private static List<String> behindAnother() {
        return List.of(
                "Look for a second router (often the provider's box): put it into bridge mode, or forward the port there too.",
                PUBLIC_ADDRESS);
    }

    /** Some routers forward nothing at all while their own address is private. */
    private static List<String> refusing() {
        return List.of(
                "This router forwards nothing while its own internet address is private: forwarding on the one in front (often the provider's box) does not help as long as that is so.",
                "Put the one in front into bridge mode, so that this one gets the public address. Or connect this machine to the one in front, and run ajar there.",
                PUBLIC_ADDRESS);
    }

    private static List<String> conflict(Failure.Conflict conflict) {
        String other = conflict.offered()
                .map(port -> "Take the port offered: ajar open " + port + ":PORT")
                .orElse("Choose another external port: ajar open OTHER:PORT");
        return List.of(other, "Or let the router choose: --external-port any", "See who has what: ajar list");
    }

    /** Of a port that is open where nobody outside can get to it. */
    static List<String> of(OpenReport report) {
        List<String> all = new ArrayList<>(of(report.reachability()));
        if (report.beyond().isEmpty()) {
            all.add("Let ajar try it on the router in front too, if that one is yours: add --upstream");
        } else {
            String far = report.externalAddress().map(Addresses::text).orElse("the router's address");
            all.add("Or by hand on the router in front: forward the same port to " + far + ".");
        }
        return List.copyOf(all);
    }

    /** What an address that is not public means, in a sentence. */
    public static List<String> of(Reachability reachability) {
        return switch (reachability) {
            case PUBLIC, UNKNOWN -> List.of();
            case PRIVATE ->
                List.of(
                        "The router's own internet address is private, so there is another router in front of it.",
                        "Forward the same port on that one too, or put it into bridge mode.");
            case CARRIER_GRADE ->
                List.of(
                        "The provider shares one internet address among many customers (carrier-grade NAT), so nobody outside can reach this port.",
                        "Ask the provider for a public IPv4 address of your own; let friends come by IPv6 (ajar open PORT --ipv6); or rent a small server, or a VPN with port forwarding.");
        };
    }
}
