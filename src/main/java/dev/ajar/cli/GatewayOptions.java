package dev.ajar.cli;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.MethodSyntax;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.manager.Budget;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Method;
import dev.ajar.model.RouterText;
import dev.ajar.model.Selection;
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
final class GatewayOptions {
    private static final String MANUAL = "manual";
    private static final String ALL = "all";

    static final String FOR_OPEN =
            "--gateway all is for ajar open; name one router, or leave it out: close and list then mean all that ajar opened";

    private final Function<String, Optional<String>> settings;
    private final OptionSpec method = Grammar.text(
            "--method",
            "METHOD",
            "How to ask the router: auto, upnp, nat-pmp or pcp. Default: auto, whatever it speaks.");
    private final OptionSpec gateway = Grammar.text(
            "--gateway", "IP", "The router's address, if it is not the default gateway; for open also: all.");
    private final OptionSpec networkInterface =
            Grammar.text("--interface", "NAME", "The router that network interface leads to, such as wlan0.");
    private final OptionSpec location =
            Grammar.text("--location", "URL", "The router's UPnP root description; skips the search.");
    private final OptionSpec timeout =
            Grammar.text("--timeout", "TIME", "The longest the whole command may take. Default: 10s.");

    /** @param settings what the environment and the configuration file say of an option */
    GatewayOptions(Function<String, Optional<String>> settings) {
        this.settings = settings;
    }

    void addTo(CommandSpec spec) {
        addChoiceTo(spec);
        spec.addOption(timeout);
    }

    /** Those that say which gateway is meant: what keeps on trying has no time-out. */
    void addChoiceTo(CommandSpec spec) {
        spec.addOption(method).addOption(gateway).addOption(networkInterface).addOption(location);
    }

    Duration timeout() throws BadInput {
        Optional<String> given = value(timeout, "timeout");
        return given.isPresent() ? TimeSyntax.timeout(given.get()) : Budget.DEFAULT;
    }

    /** @param routes this machine's networks, where they have to be known */
    Selection selection(Supplier<List<LocalRoute>> routes) throws BadInput {
        return through(selection(), routes);
    }

    /** The same, for what is not done on all at once. */
    Selection one(Supplier<List<LocalRoute>> routes) throws BadInput {
        if (isAll()) {
            throw new BadInput(FOR_OPEN);
        }
        return selection(routes);
    }

    private Selection selection() throws BadInput {
        String url = Grammar.given(location);
        // A description that was named on the command line says itself where it is.
        Optional<String> address =
                url == null ? value(gateway, "gateway") : Optional.ofNullable(Grammar.given(gateway));
        Optional<InetAddress> there =
                address.isPresent() && !isAll() ? Optional.of(AddressSyntax.gateway(address.get())) : Optional.empty();
        Optional<URI> description = url == null ? Optional.empty() : Optional.of(AddressSyntax.location(url));
        Set<Method> methods = methods();
        if (description.isPresent() && !methods.contains(Method.UPNP)) {
            throw new BadInput("--location is for UPnP, so it does not go with --method " + Grammar.given(method));
        }
        boolean elsewhere = there.isPresent()
                && description.isPresent()
                && !Addresses.ipv4(description.get().getHost()).equals(there);
        if (elsewhere) {
            throw new BadInput("--gateway and --location name two different routers");
        }
        return new Selection(methods, there, description);
    }

    /** Whether every gateway there is is meant. */
    boolean isAll() {
        return ALL.equals(Grammar.given(gateway));
    }

    /** The same, towards the gateway of the interface that was named. */
    private Selection through(Selection selection, Supplier<List<LocalRoute>> routes) throws BadInput {
        String name = Grammar.given(networkInterface);
        if (name == null) {
            return selection;
        }
        if (Grammar.given(gateway) != null || selection.location().isPresent()) {
            throw new BadInput("--interface goes with neither --gateway nor --location");
        }
        List<LocalRoute> ways = routes.get().stream()
                .filter(route -> route.gateway().isPresent())
                .toList();
        return ways.stream()
                .filter(route -> route.interfaceName().equals(name))
                .findFirst()
                .map(route -> new Selection(selection.methods(), route.gateway(), Optional.empty()))
                .orElseThrow(() -> new BadInput(noWay(name, ways)));
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
    boolean isByHand() {
        return MANUAL.equals(Grammar.given(method));
    }

    private Set<Method> methods() throws BadInput {
        if (isByHand()) {
            return EnumSet.allOf(Method.class);
        }
        return MethodSyntax.methods(value(method, "method").orElse("auto"));
    }

    /** As it was typed; or as the environment or the configuration file has it. */
    private Optional<String> value(OptionSpec option, String name) {
        String given = Grammar.given(option);
        return given != null ? Optional.of(given) : settings.apply(name);
    }

    /** Why ajar will not talk to what is named, if it will not. */
    static Optional<Failure> unsafe(Selection selection) {
        return selection
                .gateway()
                .or(() -> selection.location().map(URI::getHost).flatMap(Addresses::ipv4))
                .flatMap(AddressSyntax::onTheInternet);
    }
}
