package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.option.GatewayOptions;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.FailureText;
import dev.ajar.daemon.EventText;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.launch.Launch;
import dev.ajar.launch.Program;
import dev.ajar.launch.ServerPorts;
import dev.ajar.launch.ServerProperties;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.RouterText;
import dev.ajar.model.Target;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.IpVersionSyntax;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.TimeSyntax;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ajar run}: a pure prefix to somebody's own command. */
public final class RunCommand implements CliCommand {
    private static final String DEFAULT_LEASE = "1h";
    private static final Path PROPERTIES = Path.of("server.properties");

    private final CliContext context;
    private final GatewayOptions gatewayOptions;
    private final OptionSpec open = OptionBuilder.texts(
            "--open",
            "PORT",
            "The ports to open: PORT, EXTERNAL:INTERNAL or FIRST-LAST, then /tcp, /udp or /both. Default: those in server.properties.");
    private final OptionSpec preset =
            OptionBuilder.text("--preset", "NAME", "The ports of an application, such as minecraft or valheim.");
    private final OptionSpec exposed = OptionBuilder.exposed();
    private final OptionSpec lease =
            OptionBuilder.text("--lease", "TIME", "How long each lease is; it is renewed. Default: 1h.");
    private final OptionSpec require =
            OptionBuilder.flag("Do not start the program unless the ports are open.", "--require");
    private final OptionSpec keep =
            OptionBuilder.flag("Leave the ports open at the end, until their lease ends.", "--keep");
    private final OptionSpec verbose =
            OptionBuilder.flag("Also say on stderr what is opened and closed.", "-v", "--verbose");
    private final OptionSpec ipv4 = OptionBuilder.flag("Over IPv4, the default; with --ipv6 over both.", "--ipv4");
    private final OptionSpec ipv6 = OptionBuilder.flag("Over IPv6 alone; with --ipv4 over both.", "--ipv6");
    private final PositionalParamSpec command =
            OptionBuilder.words("COMMAND", "The program and its arguments, behind two dashes.");
    private PortSelection wanted = new PortSelection(List.of(), List.of());

    public RunCommand(CliContext context) {
        this.context = context;
        this.gatewayOptions = new GatewayOptions(context.settings());
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
        OptionBuilder.describe(
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
    public Integer call() throws InvalidInputException {
        Launch.LaunchPlan plan = plan();
        Set<String> agreed = Set.copyOf(OptionBuilder.all(exposed));
        ServiceCatalog services = new ServiceCatalog();
        Optional<Failure> objection = plan.selections().stream()
                .flatMap(selection -> GatewayOptions.unsafe(selection).stream())
                .findFirst()
                .or(() -> wanted.objection(agreed))
                .or(() -> new Exposure(services, plan.mappings(), wanted.agreed(services, agreed)).objection());
        return objection.isPresent()
                ? report(new Launch.LaunchOutcome.NotRun(objection.get()))
                : report(context.backend().run(plan, this::told, this::warned));
    }

    private int report(Launch.LaunchOutcome outcome) {
        return switch (outcome) {
            case Launch.LaunchOutcome.Ended(int exitCode) -> exitCode;
            case Launch.LaunchOutcome.NotRun(var failure) -> {
                FailureText.print(context.terminal(), failure, List.of());
                context.terminal().err().println("The program was not started.");
                yield ExitCode.of(failure).number();
            }
            case Launch.LaunchOutcome.NoProgram(int exitCode, String detail) -> {
                context.terminal()
                        .err()
                        .println("ajar: "
                                + new RouterText(detail).display()
                                + ": is the name right, and is it executable?");
                yield exitCode;
            }
        };
    }

    private Launch.LaunchPlan plan() throws InvalidInputException {
        List<String> words = OptionBuilder.all(command);
        if (words.isEmpty()) {
            throw new InvalidInputException(
                    "what shall run? Write it behind two dashes: ajar run --open 25565 -- ./start.sh");
        }
        GatewaySelector selection = gatewayOptions.one(context.hostProbe()::routes);
        String time = OptionBuilder.given(lease);
        LeaseDuration duration = TimeSyntax.lease(
                time != null ? time : context.settings().apply("lease").orElse(DEFAULT_LEASE));
        List<Mapping> mappings = new ArrayList<>();
        for (PortRequest desired : desiredMappings()) {
            mappings.add(new Mapping(
                    desired.protocol(),
                    desired.externalPort(),
                    PortPolicy.EXACT,
                    new Target.ThisHost(desired.internalPort()),
                    duration,
                    EntryName.standard(desired.protocol(), desired.externalPort())));
        }
        return new Launch.LaunchPlan(
                Program.of(words),
                mappings,
                IpVersionSyntax.selections(OptionBuilder.isSet(ipv4), OptionBuilder.isSet(ipv6), selection),
                OptionBuilder.isSet(require),
                OptionBuilder.isSet(keep));
    }

    private List<PortRequest> desiredMappings() throws InvalidInputException {
        List<String> given = OptionBuilder.all(open);
        String name = OptionBuilder.given(preset);
        if (name != null && !given.isEmpty()) {
            throw new InvalidInputException("--open and --preset both say which ports; take one of them");
        }
        if (name != null || !given.isEmpty()) {
            ServerPorts own = new ServerPorts(Path.of(""), home());
            List<String> words = OptionBuilder.all(command);
            wanted = PortSelection.of(
                    name == null ? given : List.of(name), null, application -> own.of(application, words));
            return wanted.desiredMappings();
        }
        List<PortRequest> found = ServerProperties.read(PROPERTIES).stream()
                .map(use -> new PortRequest(use.protocol(), use.port(), use.port()))
                .toList();
        if (found.isEmpty() && OptionBuilder.isSet(require)) {
            throw new InvalidInputException(
                    "which ports? Name them with --open 25565; there is no server.properties here that names any");
        }
        if (found.isEmpty()) {
            context.terminal()
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
                || event instanceof KeeperEvent.StateNotWritten
                || (event instanceof KeeperEvent.Repaired);
        if (trouble || OptionBuilder.isSet(verbose)) {
            context.terminal().err().println("ajar: " + EventText.of(event));
        }
    }

    private void warned(Failure failure) {
        context.terminal()
                .err()
                .println("ajar: no port is opened: " + failure.detail() + ". The program runs all the same.");
    }
}
