package dev.ajar.cli;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.discovery.Selection;
import dev.ajar.manager.Budget;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.Method;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The options that say which gateway is meant, and how long to wait. */
final class GatewayOptions {
    private final OptionSpec method =
            Grammar.text(
                    "--method",
                    "METHOD",
                    "How to ask the router: auto, upnp, nat-pmp or pcp. Default: auto, whatever it speaks.");
    private final OptionSpec gateway =
            Grammar.text(
                    "--gateway", "IP", "The router's address, if it is not the default gateway.");
    private final OptionSpec location =
            Grammar.text(
                    "--location", "URL", "The router's UPnP root description; skips the search.");
    private final OptionSpec timeout =
            Grammar.text(
                    "--timeout", "TIME", "The longest the whole command may take. Default: 10s.");

    void addTo(CommandSpec spec) {
        spec.addOption(method).addOption(gateway).addOption(location).addOption(timeout);
    }

    Duration timeout() throws BadInput {
        String given = Grammar.given(timeout);
        return given == null ? Budget.DEFAULT : TimeSyntax.timeout(given);
    }

    Selection selection() throws BadInput {
        String address = Grammar.given(gateway);
        String url = Grammar.given(location);
        Optional<InetAddress> there =
                address == null ? Optional.empty() : Optional.of(AddressSyntax.gateway(address));
        Optional<URI> description =
                url == null ? Optional.empty() : Optional.of(AddressSyntax.location(url));
        Set<Method> methods = methods();
        if (description.isPresent() && !methods.contains(Method.UPNP)) {
            throw new BadInput(
                    "--location is for UPnP, so it does not go with --method "
                            + Grammar.given(method));
        }
        boolean elsewhere =
                there.isPresent()
                        && description.isPresent()
                        && !Addresses.ipv4(description.get().getHost()).equals(there);
        if (elsewhere) {
            throw new BadInput("--gateway and --location name two different routers");
        }
        return new Selection(methods, there, description);
    }

    private Set<Method> methods() throws BadInput {
        String given = Grammar.given(method);
        return switch (given == null ? "auto" : given.toLowerCase(Locale.ROOT)) {
            case "auto" -> EnumSet.allOf(Method.class);
            case "upnp" -> EnumSet.of(Method.UPNP);
            case "nat-pmp" -> EnumSet.of(Method.NAT_PMP);
            case "pcp" -> EnumSet.of(Method.PCP);
            default -> throw new BadInput("--method is auto, upnp, nat-pmp or pcp");
        };
    }

    /** Why ajar will not talk to what is named, if it will not. */
    static Optional<Failure> unsafe(Selection selection) {
        return selection
                .gateway()
                .or(() -> selection.location().map(URI::getHost).flatMap(Addresses::ipv4))
                .flatMap(AddressSyntax::onTheInternet);
    }
}
