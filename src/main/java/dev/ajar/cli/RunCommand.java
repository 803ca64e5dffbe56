package dev.ajar.cli;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.Families;
import dev.ajar.cli.input.PortWish;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.Troubles;
import dev.ajar.daemon.EventText;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.launch.Launch;
import dev.ajar.launch.OwnPorts;
import dev.ajar.launch.Program;
import dev.ajar.launch.ServerProperties;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.RouterText;
import dev.ajar.model.Selection;
import dev.ajar.model.Target;
import dev.ajar.profile.Exposure;
import dev.ajar.profile.ServiceCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ajar run}: a pure prefix to somebody's own command. */
final class RunCommand implements Verb {
    private static final String DEFAULT_LEASE = "1h";
    private static final Path PROPERTIES = Path.of("server.properties");

    private final Surroundings surroundings;
    private final GatewayOptions gatewayOptions;
    private final OptionSpec open = Grammar.texts(
            "--open",
            "PORT",
            "The ports to open: PORT, EXTERNAL:INTERNAL or FIRST-LAST, then /tcp, /udp or /both. Default: those in server.properties.");
    private final OptionSpec preset =
            Grammar.text("--preset", "NAME", "The ports of an application, such as minecraft or valheim.");
    private final OptionSpec exposed = Grammar.exposed();
    private final OptionSpec lease =
            Grammar.text("--lease", "TIME", "How long each lease is; it is renewed. Default: 1h.");
    private final OptionSpec require = Grammar.flag("Do not start the program unless the ports are open.", "--require");
    private final OptionSpec keep = Grammar.flag("Leave the ports open at the end, until their lease ends.", "--keep");
    private final OptionSpec verbose = Grammar.flag("Also say on stderr what is opened and closed.", "-v", "--verbose");
    private final OptionSpec ipv4 = Grammar.flag("Over IPv4, the default; with --ipv6 over both.", "--ipv4");
    private final OptionSpec ipv6 = Grammar.flag("Over IPv6 alone; with --ipv4 over both.", "--ipv6");
    private final PositionalParamSpec command =
            Grammar.words("COMMAND", "The program and its arguments, behind two dashes.");
    private Wanted wanted = new Wanted(List.of(), List.of());

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.gatewayOptions = new GatewayOptions(surroundings.settings());
    }

    @Override
    public boolean stopsAtCommand() {
        return true;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addOption(open)
                .addOption(preset)
                .addOption(exposed)
                .addOption(lease)
                .addOption(require)
                .addOption(keep)
                .addOption(verbose)
                .addOption(ipv4)
                .addOption(ipv6)
                .addPositional(command);
        gatewayOptions.addTo(empty);
        Grammar.describe(
                empty,
                "Run a program, with its ports open as long as it runs.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar run --open 25565 -- java -jar server.jar nogui",
                        "  ajar run -- ./start.sh                 the port from server.properties",
                        "  ajar run --preset valheim --require -- ./valheim_server.x86_64",
                        ""),
                List.of(
                        "",
                        "The program has the terminal, the signals and the exit code to itself; ajar only warns on stderr.",
                        "Ports it opened are closed when the program ends. See also: ajar daemon"));
    }

    @Override
    public Integer call() throws BadInput {
        Launch.Plan plan = plan();
        Set<String> agreed = Set.copyOf(Grammar.all(exposed));
        ServiceCatalog services = new ServiceCatalog();
        Optional<Failure> objection = plan.selections().stream()
                .flatMap(selection -> GatewayOptions.unsafe(selection).stream())
                .findFirst()
                .or(() -> wanted.objection(agreed))
                .or(() -> new Exposure(services, plan.mappings(), wanted.agreed(services, agreed)).objection());
        return objection.isPresent()
                ? report(new Launch.Outcome.NotRun(objection.get()))
                : report(surroundings.life().run(plan, this::told, this::warned));
    }

    private int report(Launch.Outcome outcome) {
        return switch (outcome) {
            case Launch.Outcome.Ended(int exitCode) -> exitCode;
            case Launch.Outcome.NotRun(var failure) -> {
                Troubles.print(surroundings.terminal(), failure, List.of());
                surroundings.terminal().err().println("The program was not started.");
                yield ExitCode.of(failure).number();
            }
            case Launch.Outcome.NoProgram(int exitCode, String detail) -> {
                surroundings
                        .terminal()
                        .err()
                        .println("ajar: "
                                + new RouterText(detail).display()
                                + ": is the name right, and is it executable?");
                yield exitCode;
            }
        };
    }

    private Launch.Plan plan() throws BadInput {
        List<String> words = Grammar.all(command);
        if (words.isEmpty()) {
            throw new BadInput("what shall run? Write it behind two dashes: ajar run --open 25565 -- ./start.sh");
        }
        Selection selection = gatewayOptions.one(surroundings.premises()::routes);
        String time = Grammar.given(lease);
        LeaseDuration duration = TimeSyntax.lease(
                time != null ? time : surroundings.settings().apply("lease").orElse(DEFAULT_LEASE));
        List<Mapping> mappings = new ArrayList<>();
        for (PortWish wish : wishes()) {
            mappings.add(new Mapping(
                    wish.protocol(),
                    wish.externalPort(),
                    PortPolicy.EXACT,
                    new Target.ThisHost(wish.internalPort()),
                    duration,
                    EntryName.standard(wish.protocol(), wish.externalPort())));
        }
        return new Launch.Plan(
                Program.of(words),
                mappings,
                Families.selections(Grammar.isSet(ipv4), Grammar.isSet(ipv6), selection),
                Grammar.isSet(require),
                Grammar.isSet(keep));
    }

    private List<PortWish> wishes() throws BadInput {
        List<String> given = Grammar.all(open);
        String name = Grammar.given(preset);
        if (name != null && !given.isEmpty()) {
            throw new BadInput("--open and --preset both say which ports; take one of them");
        }
        if (name != null || !given.isEmpty()) {
            OwnPorts own = new OwnPorts(Path.of(""), home());
            List<String> words = Grammar.all(command);
            wanted = Wanted.of(name == null ? given : List.of(name), null, application -> own.of(application, words));
            return wanted.wishes();
        }
        List<PortWish> found = ServerProperties.read(PROPERTIES).stream()
                .map(use -> new PortWish(use.protocol(), use.port(), use.port()))
                .toList();
        if (found.isEmpty() && Grammar.isSet(require)) {
            throw new BadInput(
                    "which ports? Name them with --open 25565; there is no server.properties here that names any");
        }
        if (found.isEmpty()) {
            surroundings
                    .terminal()
                    .err()
                    .println(
                            "ajar: no port is opened: there is no server.properties here that names one. Name it with --open 25565. The program runs all the same.");
        }
        return found;
    }

    private static Optional<Path> home() {
        String home = System.getProperty("user.home", "");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home));
    }

    private void told(KeeperEvent event) {
        boolean trouble = event instanceof KeeperEvent.Failed
                || event instanceof KeeperEvent.Lost
                || event instanceof KeeperEvent.Contested
                || event instanceof KeeperEvent.NotesUnwritten
                || (event instanceof KeeperEvent.Repaired);
        if (trouble || Grammar.isSet(verbose)) {
            surroundings.terminal().err().println("ajar: " + EventText.of(event));
        }
    }

    private void warned(Failure failure) {
        surroundings
                .terminal()
                .err()
                .println("ajar: no port is opened: " + failure.detail() + ". The program runs all the same.");
    }
}
