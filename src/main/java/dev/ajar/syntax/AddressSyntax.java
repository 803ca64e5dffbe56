package dev.ajar.syntax;

import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Reachability;
import dev.ajar.model.RouterText;
import dev.ajar.model.Subnet;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses of devices and gateways. Names are not looked up: the answer would come from outside the LAN. */
public final class AddressSyntax {
    private AddressSyntax() {}

    /** The value of {@code --to}. */
    public static InetAddress device(String text) throws InvalidInputException {
        InetAddress address = Addresses.ipv6(text.strip()).isPresent()
                ? Addresses.ipv6(text.strip()).get()
                : ipv4(text, "--to");
        if (address.isMulticastAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()) {
            throw new InvalidInputException(
                    "--to " + Addresses.text(address) + " is not the address of a device on your network");
        }
        return address;
    }

    /** The device in a rule of a relay. */
    public static InetAddress relayed(String text) throws InvalidInputException {
        return Addresses.ipv4(text.strip())
                .orElseThrow(() -> new InvalidInputException(new RouterText(text).display()
                        + ": write the device's address, such as 192.168.1.20, not a name"));
    }

    /** Addresses that may come in, such as {@code 203.0.113.0/24}. */
    public static Subnet subnet(String text) throws InvalidInputException {
        return Subnet.parse(text.strip())
                .orElseThrow(() -> new InvalidInputException(new RouterText(text).display()
                        + ": write an address or a network, such as 203.0.113.7 or 203.0.113.0/24"));
    }

    /** The value of {@code --from}. */
    public static Subnet remote(String text) throws InvalidInputException {
        Subnet some = subnet(text);
        if (some.prefixLength() == 0) {
            throw new InvalidInputException("--from " + some + " is everybody: leave it out");
        }
        InetAddress first = some.network();
        if (first.isMulticastAddress() || first.isAnyLocalAddress() || first.isLoopbackAddress()) {
            throw new InvalidInputException("--from " + some.text() + " is nobody on the internet");
        }
        return some;
    }

    /** The value of {@code --gateway}. */
    public static InetAddress gateway(String text) throws InvalidInputException {
        InetAddress address = ipv4(text, "--gateway");
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            throw new InvalidInputException("--gateway " + Addresses.text(address) + " is not the address of a router");
        }
        return address;
    }

    /** The value of {@code --upstream-gateway}: never one on the internet. */
    public static InetAddress upstream(String text) throws InvalidInputException {
        InetAddress address = ipv4(text, "--upstream-gateway");
        boolean ownersName = address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || onTheInternet(address).isPresent();
        if (ownersName) {
            throw new InvalidInputException("--upstream-gateway "
                    + Addresses.text(address)
                    + " cannot be the router in front of yours: give its address on your side, such as 192.168.0.1");
        }
        return address;
    }

    private static InetAddress ipv4(String text, String option) throws InvalidInputException {
        return Addresses.ipv4(text.strip())
                .orElseThrow(() -> new InvalidInputException(option
                        + " "
                        + new RouterText(text).display()
                        + ": write an address such as 192.168.1.20, not a name"));
    }

    /** The value of {@code --location}. */
    public static URI location(String text) throws InvalidInputException {
        try {
            URI uri = new URI(text.strip());
            boolean http = "http".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && Addresses.ipv4(uri.getHost()).isPresent()) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw notALocation(text);
        }
        throw notALocation(text);
    }

    private static InvalidInputException notALocation(String text) {
        return new InvalidInputException("--location "
                + new RouterText(text).display()
                + ": write it like http://192.168.1.1:5000/rootDesc.xml");
    }

    /** ajar talks to routers on its own network, never to a machine on the internet. */
    public static Optional<Failure> onTheInternet(InetAddress gateway) {
        return switch (Reachability.of(Optional.of(gateway))) {
            case PUBLIC ->
                Optional.of(new Failure.Unsafe(
                        Message.verbatim(gateway.getHostAddress()
                                + " is on the internet, and ajar only talks to routers on your own network"),
                        Message.verbatim("Name the router by its address on your network; ajar status shows it.")));
            case PRIVATE, CARRIER_GRADE, UNKNOWN -> Optional.empty();
        };
    }
}
