package dev.ajar.cli;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.PortWish;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.GuideText;
import dev.ajar.doctor.Premises;
import dev.ajar.guide.Walkthrough;
import dev.ajar.manager.Actions;
import dev.ajar.model.EntryName;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Selection;
import dev.ajar.model.Target;
import dev.ajar.profile.Exposure;
import dev.ajar.profile.ServiceCatalog;
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
final class GuideCommand extends Action {
    private static final Duration SEARCH = Duration.ofSeconds(2);

    private final PositionalParamSpec ports =
            Grammar.ports("What ajar open takes: ports, or an application such as minecraft.");
    private final OptionSpec router =
            Grammar.text("--router", "NAME", "The make of the router, if it is not recognised.");
    private final OptionSpec to = Grammar.text("--to", "IP", "Another device on your network.");
    private final OptionSpec markdown = Grammar.flag("Write Markdown.", "--markdown");
    private Wanted wanted = new Wanted(List.of(), List.of());
    private Optional<InetAddress> client = Optional.empty();
    private Optional<Recognition> named = Optional.empty();

    GuideCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports).addOption(router).addOption(to).addOption(markdown);
        Grammar.describe(
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
    void check() throws BadInput {
        wanted = Wanted.of(Grammar.all(ports), null);
        String device = Grammar.given(to);
        client = device == null ? Optional.empty() : Optional.of(AddressSyntax.device(device));
        String name = Grammar.given(router);
        Premises premises = surroundings().premises();
        named = name == null ? Optional.empty() : Optional.of(Recognition.named(name, premises));
        if (client.isEmpty() && here(premises).isEmpty()) {
            throw new BadInput(
                    "this machine has no address on a network; say with --to 192.168.1.20 which device the port is for");
        }
    }

    private static Optional<InetAddress> here(Premises premises) {
        return premises.home().or(() -> premises.routes().stream().findFirst()).map(LocalRoute::localAddress);
    }

    @Override
    ExitCode run(Actions actions, Selection selection, Duration timeout) {
        Recognition recognised = named.orElseGet(() -> Recognition.of(
                actions.discover(selection, SEARCH).gateways(), surroundings().premises()));
        InetAddress here = here(surroundings().premises()).or(() -> client).orElseThrow();
        List<Mapping> mappings = wanted.wishes().stream().map(this::mapping).toList();
        Walkthrough walk = Walkthrough.of(recognised.guide(), mappings, recognised.router(), here);
        if (output().json()) {
            terminal().out().println(GuideText.json(walk, recognised.how()));
        } else {
            List<String> lines = Grammar.isSet(markdown)
                    ? GuideText.markdown(walk, recognised.how())
                    : GuideText.text(walk, recognised.how());
            lines.forEach(terminal().out()::println);
            // By hand it is no less dangerous.
            wanted.warnings(new Exposure(new ServiceCatalog(), mappings, Set.of()))
                    .forEach(terminal().err()::println);
        }
        return ExitCode.DONE;
    }

    private Mapping mapping(PortWish wish) {
        Target target = client.<Target>map(device -> new Target.OtherHost(device, wish.internalPort()))
                .orElseGet(() -> new Target.ThisHost(wish.internalPort()));
        return new Mapping(
                wish.protocol(),
                wish.externalPort(),
                PortPolicy.EXACT,
                target,
                LeaseDuration.PERMANENT,
                EntryName.standard(wish.protocol(), wish.externalPort()));
    }
}
