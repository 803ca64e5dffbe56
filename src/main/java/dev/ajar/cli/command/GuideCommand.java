package dev.ajar.cli.command;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.guide.Walkthrough;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.GuideText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.PortMapper;
import dev.ajar.model.EntryName;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Target;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortRequest;
import dev.ajar.system.LocalRoute;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar guide}: the manual way, for this very router. */
public final class GuideCommand extends GatewayCommand {
    private static final Duration SEARCH = Duration.ofSeconds(2);

    private final PositionalParamSpec ports =
            OptionBuilder.ports("What ajar open takes: ports, or an application such as minecraft.");
    private final OptionSpec router =
            OptionBuilder.text("--router", "NAME", "The make of the router, if it is not recognised.");
    private final OptionSpec to = OptionBuilder.text("--to", "IP", "Another device on your network.");
    private final OptionSpec markdown = OptionBuilder.flag("Write Markdown.", "--markdown");
    private PortSelection wanted = new PortSelection(List.of(), List.of());
    private Optional<InetAddress> client = Optional.empty();
    private Optional<RouterRecognition> named = Optional.empty();

    public GuideCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(router).addOption(to).addOption(markdown);
        OptionBuilder.describe(
                own,
                "Show how to forward ports by hand, step by step, on your router.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar guide 25565                        for the router that is found",
                        "  ajar guide minecraft --router NAME      for one you name",
                        "  ajar guide 554 --to 192.168.1.20        to a camera",
                        ""),
                List.of("", "Which makes are known: ajar routers"));
    }

    @Override
    boolean concernsTheDaemon() {
        return false;
    }

    @Override
    void check() throws InvalidInputException {
        wanted = PortSelection.of(OptionBuilder.all(ports), null);
        String device = OptionBuilder.given(to);
        client = device == null ? Optional.empty() : Optional.of(AddressSyntax.device(device));
        String name = OptionBuilder.given(router);
        HostProbe hostProbe = context().hostProbe();
        named = name == null ? Optional.empty() : Optional.of(RouterRecognition.named(name, hostProbe));
        if (client.isEmpty() && here(hostProbe).isEmpty()) {
            throw new InvalidInputException(
                    "this machine has no address on a network; say with --to 192.168.1.20 which device the port is for");
        }
    }

    private static Optional<InetAddress> here(HostProbe hostProbe) {
        return hostProbe
                .home()
                .or(() -> hostProbe.routes().stream().findFirst())
                .map(LocalRoute::localAddress);
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) {
        RouterRecognition recognised = named.orElseGet(() -> RouterRecognition.of(
                actions.discover(selection, SEARCH).gateways(), context().hostProbe()));
        InetAddress here = here(context().hostProbe()).or(() -> client).orElseThrow();
        List<Mapping> mappings =
                wanted.desiredMappings().stream().map(this::mapping).toList();
        Walkthrough walk = Walkthrough.of(recognised.guide(), mappings, recognised.router(), here);
        if (output().json()) {
            terminal().out().println(GuideText.json(walk, recognised.how()));
        } else {
            List<String> lines = OptionBuilder.isSet(markdown)
                    ? GuideText.markdown(walk, recognised.how())
                    : GuideText.text(walk, recognised.how());
            lines.forEach(terminal().out()::println);
            // By hand it is no less dangerous.
            wanted.warnings(new Exposure(new ServiceCatalog(), mappings, Set.of()))
                    .forEach(terminal().err()::println);
        }
        return ExitCode.DONE;
    }

    private Mapping mapping(PortRequest desired) {
        Target target = client.<Target>map(device -> new Target.OtherHost(device, desired.internalPort()))
                .orElseGet(() -> new Target.ThisHost(desired.internalPort()));
        return new Mapping(
                desired.protocol(),
                desired.externalPort(),
                PortPolicy.EXACT,
                target,
                LeaseDuration.PERMANENT,
                EntryName.standard(desired.protocol(), desired.externalPort()));
    }
}
