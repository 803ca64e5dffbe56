package dev.ajar.cli.option;

import dev.ajar.mapping.TimeBudget;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.MappingProtocol;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.TimeSyntax;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that say which gateway is meant, and how long to wait. */
public final class GatewayOptions {
    private static final String MANUAL = "manual";
    private static final String ALL = "all";

    public static final String FOR_OPEN =
            "--gateway all is for ajar open; name one router, or leave it out: close and list then mean all that ajar opened";

    private final Function<String, Optional<String>> settings;
    private final OptionSpec method = OptionBuilder.text(
            "--method",
            "METHOD",
            "How to ask the router: auto, upnp, nat-pmp or pcp. Default: auto, whatever it speaks.");
    private final OptionSpec gateway = OptionBuilder.text(
            "--gateway", "IP", "The router's address, if it is not the default gateway; for open also: all.");
    private final OptionSpec networkInterface =
            OptionBuilder.text("--interface", "NAME", "The router that network interface leads to, such as wlan0.");
    private final OptionSpec location =
            OptionBuilder.text("--location", "URL", "The router's UPnP root description; skips the search.");
    private final OptionSpec timeout =
            OptionBuilder.text("--timeout", "TIME", "The longest the whole command may take. Default: 10s.");

    /** @param settings what the environment and the configuration file say of an option */
    public GatewayOptions(Function<String, Optional<String>> settings) {
        this.settings = settings;
    }

    public void addTo(CommandSpec spec) {
        addChoiceTo(spec);
        spec.addOption(timeout);
    }

    /** Those that say which gateway is meant: what keeps on trying has no time-out. */
    public void addChoiceTo(CommandSpec spec) {
        spec.addOption(method).addOption(gateway).addOption(networkInterface).addOption(location);
    }

    public Duration timeout() throws InvalidInputException {
        Optional<String> given = value(timeout, "timeout");
        return given.isPresent() ? TimeSyntax.timeout(given.get()) : TimeBudget.DEFAULT;
    }

    /** @param routes this machine's networks, where they have to be known */
    public GatewaySelector selection(Supplier<List<LocalRoute>> routes) throws InvalidInputException {
        return through(selection(), routes);
    }

    /** The same, for what is not done on all at once. */
    public GatewaySelector one(Supplier<List<LocalRoute>> routes) throws InvalidInputException {
        if (isAll()) {
            throw new InvalidInputException(FOR_OPEN);
        }
        return selection(routes);
    }

    private GatewaySelector selection() throws InvalidInputException {
        String url = OptionBuilder.given(location);
        // A description that was named on the command line says itself where it is.
        Optional<String> address =
                url == null ? value(gateway, "gateway") : Optional.ofNullable(OptionBuilder.given(gateway));
        Optional<InetAddress> there =
                address.isPresent() && !isAll() ? Optional.of(AddressSyntax.gateway(address.get())) : Optional.empty();
        Optional<URI> description = url == null ? Optional.empty() : Optional.of(AddressSyntax.location(url));
        Set<MappingProtocol> methods = methods();
        if (description.isPresent() && !methods.contains(MappingProtocol.UPNP)) {
            throw new InvalidInputException(
                    "--location is for UPnP, so it does not go with --method " + OptionBuilder.given(method));
        }
        boolean daemonClient = there.isPresent()
                && description.isPresent()
                && !Addresses.ipv4(description.get().getHost()).equals(there);
        if (daemonClient) {
            throw new InvalidInputException("--gateway and --location name two different routers");
        }
        return new GatewaySelector(methods, there, description);
    }

    /** Whether every gateway there is is meant. */
    public boolean isAll() {
        return ALL.equals(OptionBuilder.given(gateway));
    }

    /** The same, towards the gateway of the interface that was named. */
    private GatewaySelector through(GatewaySelector selection, Supplier<List<LocalRoute>> routes)
            throws InvalidInputException {
        String name = OptionBuilder.given(networkInterface);
        if (name == null) {
            return selection;
        }
        if (OptionBuilder.given(gateway) != null || selection.location().isPresent()) {
            throw new InvalidInputException("--interface goes with neither --gateway nor --location");
        }
        List<LocalRoute> ways = routes.get().stream()
                .filter(route -> route.gateway().isPresent())
                .toList();
        return ways.stream()
                .filter(route -> route.interfaceName().equals(name))
                .findFirst()
                .map(route -> new GatewaySelector(selection.methods(), route.gateway(), Optional.empty()))
                .orElseThrow(() -> new InvalidInputException(noWay(name, ways)));
    }

    private static String noWay(String name, List<LocalRoute> ways) {
        String shown = new RouterText(name).display();
        return "--interface "
                + shown
                + ": no router is reached through it"
                + (ways.isEmpty()
                        ? ""
                        : "; one is through "
                                + String.join(
                                        ", ",
                                        ways.stream()
                                                .map(LocalRoute::interfaceName)
                                                .toList()));
    }

    /** Whether somebody has done on the router's page what is asked for. */
    public boolean isByHand() {
        return MANUAL.equals(OptionBuilder.given(method));
    }

    private Set<MappingProtocol> methods() throws InvalidInputException {
        if (isByHand()) {
            return EnumSet.allOf(MappingProtocol.class);
        }
        return MappingProtocolSyntax.methods(value(method, "method").orElse("auto"));
    }

    /** As it was typed; or as the environment or the configuration file has it. */
    private Optional<String> value(OptionSpec option, String name) {
        String given = OptionBuilder.given(option);
        return given != null ? Optional.of(given) : settings.apply(name);
    }

    /** Why ajar will not talk to what is named, if it will not. */
    public static Optional<Failure> unsafe(GatewaySelector selection) {
        return selection
                .gateway()
                .or(() -> selection.location().map(URI::getHost).flatMap(Addresses::ipv4))
                .flatMap(AddressSyntax::onTheInternet);
    }
}
