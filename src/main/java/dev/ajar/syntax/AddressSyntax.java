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

/** Addresses of devices and gateways. Names are not looked up, because the answer would come from outside the LAN. */
public final class AddressSyntax {
    private AddressSyntax() {}

    /** The value of {@code --to}. */
    public static InetAddress device(String text) throws InvalidInputException {
        InetAddress address = Addresses.ipv6(text.strip()).isPresent()
                ? Addresses.ipv6(text.strip()).get()
                : ipv4(text, OptionName.TO);
        if (address.isMulticastAddress() || address.isAnyLocalAddress() || address.isLinkLocalAddress()) {
            throw new InvalidInputException(
                    Message.of("syntax.device-address", "option", OptionName.TO, "address", Addresses.text(address)));
        }
        return address;
    }

    /** The device in a rule of a relay. */
    public static InetAddress relayed(String text) throws InvalidInputException {
        return Addresses.ipv4(text.strip())
                .orElseThrow(
                        () -> new InvalidInputException(Message.of("syntax.relayed-address", "text", shown(text))));
    }

    /** Addresses that may connect, such as {@code 203.0.113.0/24}. */
    public static Subnet subnet(String text) throws InvalidInputException {
        return Subnet.parse(text.strip())
                .orElseThrow(() -> new InvalidInputException(Message.of("syntax.subnet", "text", shown(text))));
    }

    /** The value of {@code --from}. */
    public static Subnet remote(String text) throws InvalidInputException {
        Subnet some = subnet(text);
        if (some.prefixLength() == 0) {
            throw new InvalidInputException(Message.of("syntax.remote-all", "option", OptionName.FROM, "subnet", some));
        }
        InetAddress first = some.network();
        if (first.isMulticastAddress() || first.isAnyLocalAddress() || first.isLoopbackAddress()) {
            throw new InvalidInputException(
                    Message.of("syntax.remote-local", "option", OptionName.FROM, "subnet", some.text()));
        }
        return some;
    }

    /** The value of {@code --gateway}. */
    public static InetAddress gateway(String text) throws InvalidInputException {
        InetAddress address = ipv4(text, OptionName.GATEWAY);
        if (address.isMulticastAddress() || address.isAnyLocalAddress()) {
            throw new InvalidInputException(Message.of(
                    "syntax.gateway-address", "option", OptionName.GATEWAY, "address", Addresses.text(address)));
        }
        return address;
    }

    /** The value of {@code --upstream-gateway}: never one on the internet. */
    public static InetAddress upstream(String text) throws InvalidInputException {
        InetAddress address = ipv4(text, OptionName.UPSTREAM_GATEWAY);
        boolean notUpstream = address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || onTheInternet(address).isPresent();
        if (notUpstream) {
            throw new InvalidInputException(Message.of(
                    "syntax.upstream-address",
                    "option",
                    OptionName.UPSTREAM_GATEWAY,
                    "address",
                    Addresses.text(address)));
        }
        return address;
    }

    private static InetAddress ipv4(String text, OptionName option) throws InvalidInputException {
        return Addresses.ipv4(text.strip())
                .orElseThrow(() -> new InvalidInputException(
                        Message.of("syntax.ipv4-address", "option", option, "text", shown(text))));
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
        return new InvalidInputException(
                Message.of("syntax.location", "option", OptionName.LOCATION, "text", shown(text)));
    }

    private static String shown(String text) {
        return new RouterText(text).display();
    }

    /** Refuses a gateway on the internet, because ajar talks only to routers on its own network. */
    public static Optional<Failure> onTheInternet(InetAddress gateway) {
        return switch (Reachability.of(Optional.of(gateway))) {
            case PUBLIC ->
                Optional.of(new Failure.Unsafe(
                        Message.of("syntax.on-the-internet", "address", gateway.getHostAddress()),
                        Message.of("syntax.on-the-internet-remedy")));
            case PRIVATE, CARRIER_GRADE, UNKNOWN -> Optional.empty();
        };
    }
}
