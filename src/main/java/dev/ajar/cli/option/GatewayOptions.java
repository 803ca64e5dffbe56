package dev.ajar.cli.option;

import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocols;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.TimeSyntax;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that name the gateway, and how long to wait for it. */
public final class GatewayOptions {
    private static final String MANUAL = "manual";
    private static final String ALL = "all";

    private final Function<String, Optional<String>> settings;
    private final MappingProtocolSyntax protocols;
    private final OptionSpec method = OptionBuilder.text("--method", "METHOD", Message.of("help.option.method"));
    private final OptionSpec gateway = OptionBuilder.text("--gateway", "IP", Message.of("help.option.gateway"));
    private final OptionSpec networkInterface =
            OptionBuilder.text("--interface", "NAME", Message.of("help.option.interface"));
    private final OptionSpec fromAddress =
            OptionBuilder.text("--from-address", "IP", Message.of("help.option.from-address"));
    private final OptionSpec location = OptionBuilder.text("--location", "URL", Message.of("help.option.location"));
    private final OptionSpec timeout = OptionBuilder.text("--timeout", "TIME", Message.of("help.option.timeout"));

    /**
     * @param settings the value of an option in the environment or the configuration file
     * @param protocols that can be named
     */
    public GatewayOptions(Function<String, Optional<String>> settings, MappingProtocols protocols) {
        this.settings = settings;
        this.protocols = new MappingProtocolSyntax(protocols);
    }

    public void addTo(CommandSpec spec) {
        addChoiceTo(spec);
        spec.addOption(timeout);
    }

    /** The options that name the gateway, without the time-out: a process that keeps on trying has none. */
    public void addChoiceTo(CommandSpec spec) {
        spec.addOption(method)
                .addOption(gateway)
                .addOption(networkInterface)
                .addOption(fromAddress)
                .addOption(location);
    }

    public Duration timeout() throws InvalidInputException {
        Optional<String> given = value(timeout, "timeout");
        return given.isPresent() ? TimeSyntax.timeout(given.get()) : TimeBudget.DEFAULT;
    }

    /**
     * @param routes this machine's networks; asked only for {@code --interface} and {@code --from-address}
     * @param isOwn whether an address is this machine's
     */
    public GatewaySelector selection(Supplier<List<LocalRoute>> routes, Predicate<InetAddress> isOwn)
            throws InvalidInputException {
        return from(through(selection(), routes), routes, isOwn);
    }

    /** {@link #selection} for a command that does not work on all gateways at once. */
    public GatewaySelector one(Supplier<List<LocalRoute>> routes, Predicate<InetAddress> isOwn)
            throws InvalidInputException {
        if (isAll()) {
            throw new InvalidInputException(Message.of("options.all-is-for-open"));
        }
        return selection(routes, isOwn);
    }

    private GatewaySelector selection() throws InvalidInputException {
        String url = OptionBuilder.given(location);
        // The URL of a description names the router, so the configured gateway does not count.
        Optional<String> address =
                url == null ? value(gateway, "gateway") : Optional.ofNullable(OptionBuilder.given(gateway));
        Optional<InetAddress> there =
                address.isPresent() && !isAll() ? Optional.of(AddressSyntax.gateway(address.get())) : Optional.empty();
        Optional<URI> description = url == null ? Optional.empty() : Optional.of(AddressSyntax.location(url));
        ProtocolChoice choice = choice();
        boolean located = protocols.protocols().chosen(choice).stream()
                .anyMatch(protocol -> protocol.traits().foundByLocation());
        if (description.isPresent() && !located) {
            throw new InvalidInputException(
                    Message.of("options.location-is-upnp", "method", String.valueOf(OptionBuilder.given(method))));
        }
        boolean twoRouters = there.isPresent()
                && description.isPresent()
                && !Addresses.ipv4(description.get().getHost()).equals(there);
        if (twoRouters) {
            throw new InvalidInputException(Message.of("options.two-routers"));
        }
        return new GatewaySelector(choice, there, description);
    }

    /** Whether the command is for every gateway. */
    public boolean isAll() {
        return ALL.equals(OptionBuilder.given(gateway));
    }

    /** {@code selection}, or the gateway of the interface that the user named. */
    private GatewaySelector through(GatewaySelector selection, Supplier<List<LocalRoute>> routes)
            throws InvalidInputException {
        String name = OptionBuilder.given(networkInterface);
        if (name == null) {
            return selection;
        }
        if (OptionBuilder.given(gateway) != null || selection.location().isPresent()) {
            throw new InvalidInputException(Message.of("options.interface-alone"));
        }
        List<LocalRoute> ways =
                routes.get().stream().filter(LocalRoute::leadsOut).toList();
        return ways.stream()
                .filter(route -> route.interfaceName().equals(name))
                .findFirst()
                .map(route -> new GatewaySelector(selection.protocols(), route.gateway(), Optional.empty())
                        .askingFrom(route.localAddress()))
                .orElseThrow(() -> new InvalidInputException(noRouter(name, ways)));
    }

    /** {@code selection}, asked from the address that the user named. */
    private GatewaySelector from(
            GatewaySelector selection, Supplier<List<LocalRoute>> routes, Predicate<InetAddress> isOwn)
            throws InvalidInputException {
        String typed = OptionBuilder.given(fromAddress);
        if (typed == null) {
            return selection;
        }
        String shown = new RouterText(typed).display();
        InetAddress address = Addresses.parse(typed)
                .orElseThrow(() -> new InvalidInputException(Message.of("options.from-address", "address", shown)));
        if (OptionBuilder.given(networkInterface) != null) {
            throw new InvalidInputException(Message.of("options.from-address-alone"));
        }
        if (!isOwn.test(address)) {
            String own = routes.get().stream()
                    .map(route -> Addresses.text(route.localAddress()))
                    .collect(Collectors.joining(", "));
            throw new InvalidInputException(
                    own.isEmpty()
                            ? Message.of("options.from-address-foreign", "address", shown)
                            : Message.of("options.from-address-others", "address", shown, "others", own));
        }
        return selection.askingFrom(address);
    }

    private static Message noRouter(String name, List<LocalRoute> ways) {
        String shown = new RouterText(name).display();
        String others = ways.stream().map(LocalRoute::interfaceName).collect(Collectors.joining(", "));
        return others.isEmpty()
                ? Message.of("options.interface-without-router", "name", shown)
                : Message.of("options.interface-others", "name", shown, "others", others);
    }

    /** Whether the user has made the rule on the router's page. */
    public boolean isByHand() {
        return MANUAL.equals(OptionBuilder.given(method));
    }

    private ProtocolChoice choice() throws InvalidInputException {
        return isByHand()
                ? ProtocolChoice.AUTOMATIC
                : protocols.choice(value(method, "method").orElse("auto"));
    }

    /** The value as typed, else that of the environment or the configuration file. */
    private Optional<String> value(OptionSpec option, String name) {
        String given = OptionBuilder.given(option);
        return given != null ? Optional.of(given) : settings.apply(name);
    }

    /** Why ajar refuses to talk to the named gateway, if it does. */
    public static Optional<Failure> unsafe(GatewaySelector selection) {
        return selection
                .gateway()
                .or(() -> selection.location().map(URI::getHost).flatMap(Addresses::ipv4))
                .flatMap(AddressSyntax::onTheInternet);
    }
}
