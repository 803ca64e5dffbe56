package dev.ajar.cli.command;

import static picocli.CommandLine.Model.CommandSpec;
import static picocli.CommandLine.Model.OptionSpec;
import static picocli.CommandLine.Model.PositionalParamSpec;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.Consent;
import dev.ajar.cli.hint.AnswerHints;
import dev.ajar.cli.hint.DeviceQuestion;
import dev.ajar.cli.hint.FirewallHints;
import dev.ajar.cli.option.GatewayOptions;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.FriendsLine;
import dev.ajar.cli.render.TroubleFilter;
import dev.ajar.doctor.AnswerRouteText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.document.ExitCode;
import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.launch.Launch;
import dev.ajar.launch.Program;
import dev.ajar.launch.ServerPorts;
import dev.ajar.launch.ServerProperties;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.IpVersionSyntax;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import dev.ajar.system.machine.AnswerRoute;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code ajar run}: a prefix to a command of the user. */
public final class RunCommand implements CliCommand {
    private static final Path PROPERTIES = Path.of("server.properties");

    private final CliContext context;
    private final GatewayOptions gatewayOptions;
    private final OptionSpec open = OptionBuilder.texts("--open", "PORT", Message.of("help.run.open"));
    private final OptionSpec preset = OptionBuilder.text("--preset", "NAME", Message.of("help.run.preset"));
    private final OptionSpec exposed = OptionBuilder.exposed();
    private final OptionSpec lease = OptionBuilder.text("--lease", "TIME", Message.of("help.option.lease"));
    private final OptionSpec require = OptionBuilder.flag(Message.of("help.run.require"), "--require");
    private final OptionSpec keep = OptionBuilder.flag(Message.of("help.run.keep"), "--keep");
    private final OptionSpec verbose = OptionBuilder.flag(Message.of("help.run.verbose"), "-v", "--verbose");
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.TROUBLE);
    private final OptionSpec ipv4 = OptionBuilder.flag(Message.of("help.open.ipv4"), "--ipv4");
    private final OptionSpec ipv6 = OptionBuilder.flag(Message.of("help.open.ipv6"), "--ipv6");
    private final PositionalParamSpec command = OptionBuilder.words("COMMAND", Message.of("help.run.command"));
    private final TroubleFilter troubles = new TroubleFilter();
    private final Set<String> toldFriends = new HashSet<>();
    private final Set<String> toldWarnings = new HashSet<>();
    private PortSelection selected = new PortSelection(List.of(), List.of());
    private boolean overIpv4;
    private boolean ipv4Failed;
    private Optional<Later> later = Optional.empty();

    /** What friends type if the port does not open over IPv4. */
    private record Later(InetAddress address, Port port) {}

    public RunCommand(CliContext context) {
        this.context = context;
        this.gatewayOptions = new GatewayOptions(context.settings(), context.protocols());
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
                .addOption(quiet)
                .addOption(ipv4)
                .addOption(ipv6)
                .addPositional(command);
        gatewayOptions.addTo(empty);
        OptionBuilder.describe(
                empty, Message.of("help.run"), Message.of("help.run.examples"), Message.of("help.run.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        Launch.LaunchPlan plan = plan();
        overIpv4 = plan.selections().stream().anyMatch(one -> one.ipVersion() == IpVersion.IPV4);
        Set<String> agreed = Consent.of(exposed);
        ServiceCatalog services = new ServiceCatalog();
        Optional<Failure> objection = plan.selections().stream()
                .flatMap(selection -> GatewayOptions.unsafe(selection).stream())
                .findFirst()
                .or(() -> selected.objection(agreed))
                .or(() -> new Exposure(services, plan.mappings(), selected.agreed(services, agreed)).objection());
        return objection.isPresent()
                ? report(new Launch.LaunchOutcome.NotRun(objection.get()))
                : report(context.backend().run(plan, this::told, this::warned));
    }

    private int report(Launch.LaunchOutcome outcome) {
        return switch (outcome) {
            case Launch.LaunchOutcome.Ended(int exitCode) -> exitCode;
            case Launch.LaunchOutcome.NotRun(var failure) -> {
                FailureText.print(context.terminal(), failure);
                context.terminal().tell(context.terminal().text("run.not-started"));
                yield ExitCode.of(failure).number();
            }
            case Launch.LaunchOutcome.NoProgram(int exitCode, var detail) -> {
                context.terminal().tell(context.terminal().text("run.no-program", "problem", meant().orElse(detail)));
                yield exitCode;
            }
        };
    }

    /** {@code ajar run minecraft java -jar server.jar}: with the ports in the place of the program. */
    private Optional<Message> meant() {
        List<String> words = OptionBuilder.all(command);
        String first = words.getFirst();
        List<String> program = words.stream().skip(1).dropWhile("--"::equals).toList();
        return !program.isEmpty() && PortSelection.opens(first)
                ? Optional.of(Message.of(
                        "run.ports-in-front",
                        "word",
                        first,
                        "program",
                        new RouterText(String.join(" ", program)).display()))
                : Optional.empty();
    }

    private Launch.LaunchPlan plan() throws InvalidInputException {
        List<String> words = OptionBuilder.all(command);
        if (words.isEmpty()) {
            throw new InvalidInputException(Message.of("run.which-program"));
        }
        GatewaySelector selection = gatewayOptions.one(context.hostProbe()::routes, context.hostProbe()::isOwn);
        LeaseDuration duration = context.lease(OptionBuilder.given(lease));
        return new Launch.LaunchPlan(
                Program.of(words),
                PortRequest.toMappings(ports(), MappingTerms.of(duration)),
                IpVersionSyntax.selections(
                        OptionBuilder.isSet(ipv4), OptionBuilder.isSet(ipv6), selection, context.protocols()),
                OptionBuilder.isSet(require),
                OptionBuilder.isSet(keep));
    }

    private List<PortRequest> ports() throws InvalidInputException {
        List<String> given = OptionBuilder.all(open);
        String name = OptionBuilder.given(preset);
        if (name != null && !given.isEmpty()) {
            throw new InvalidInputException(Message.of("run.open-or-preset"));
        }
        if (name != null || !given.isEmpty()) {
            ServerPorts own = new ServerPorts(Path.of(""), home());
            List<String> words = OptionBuilder.all(command);
            selected = PortSelection.of(
                    name == null ? given : List.of(name),
                    null,
                    context.presets(),
                    application -> own.of(application, words));
            DeviceQuestion.refuseToRun(selected, context.hostProbe());
            return selected.requests();
        }
        List<PortRequest> found = ServerProperties.read(PROPERTIES).stream()
                .map(use -> new PortRequest(use.protocol(), use.port(), use.port()))
                .toList();
        if (found.isEmpty() && OptionBuilder.isSet(require)) {
            throw new InvalidInputException(Message.of("run.which-ports"));
        }
        if (found.isEmpty()) {
            context.terminal().tell(context.terminal().text("run.no-ports"));
        }
        return found;
    }

    private static Optional<Path> home() {
        String home = System.getProperty("user.home", "");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home));
    }

    private void told(KeeperEvent event) {
        if (event instanceof KeeperEvent.Opened opened) {
            selected.warnings(new ServiceCatalog(), List.of(opened.desired().mapping())).stream()
                    .filter(warning -> !OptionBuilder.isSet(quiet))
                    .map(context.terminal()::text)
                    .filter(toldWarnings::add)
                    .forEach(context.terminal()::tell);
            IpVersion version = opened.desired().selection().ipVersion();
            HostProbe machine = context.hostProbe().ahead();
            ReportedMapping mapping = ReportedMapping.of(opened.lease());
            FirewallHints.of(List.of(mapping), machine).stream()
                    .map(context.terminal()::text)
                    .filter(toldWarnings::add)
                    .forEach(context.terminal()::tell);
            boolean barred = FirewallHints.bars(mapping, machine);
            Optional<AnswerRoute> detour = AnswerHints.detour(opened.lease(), machine);
            detour.map(way -> AnswerRouteText.of(
                            way, opened.lease().claim().internal().address()))
                    .map(words -> context.terminal().text(words.over(version).both()))
                    .filter(toldWarnings::add)
                    .ifPresent(context.terminal()::tell);
            if (!barred && detour.filter(AnswerRoute.OfAll.class::isInstance).isEmpty()) {
                opened.address()
                        .ifPresent(
                                address -> tellFriends(address, opened.lease().externalPort()));
            } else if (version == IpVersion.IPV4) {
                notOverIpv4();
            }
        }
        if (event instanceof KeeperEvent.Failed failed
                && failed.open().isEmpty()
                && failed.desired().selection().ipVersion() == IpVersion.IPV4) {
            notOverIpv4();
        }
        boolean trouble = event instanceof KeeperEvent.Failed
                || event instanceof KeeperEvent.Lost
                || event instanceof KeeperEvent.Contested
                || event instanceof KeeperEvent.StateNotWritten
                || event instanceof KeeperEvent.Repaired;
        boolean told = troubles.tells(EventText.of(event));
        boolean ended = told && event instanceof KeeperEvent.Opened && OptionBuilder.isSet(quiet);
        if (trouble || ended || OptionBuilder.isSet(verbose)) {
            context.terminal().tell(context.terminal().text("command.event", "event", EventText.of(event)));
        }
    }

    private void notOverIpv4() {
        ipv4Failed = true;
        later.ifPresent(one -> tellNow(one.address(), one.port()));
        later = Optional.empty();
    }

    /**
     * Once for each address, as TCP and UDP of one port are joined the same way; of an application only once. Most
     * friends come over IPv4, so the address of IPv6 waits until that has failed.
     */
    private void tellFriends(InetAddress address, Port port) {
        if (IpVersion.of(address) == IpVersion.IPV6 && overIpv4 && !ipv4Failed) {
            later = later.or(() -> Optional.of(new Later(address, port)));
        } else {
            tellNow(address, port);
        }
    }

    private void tellNow(InetAddress address, Port port) {
        boolean byName = !selected.applications().isEmpty();
        if (OptionBuilder.isSet(quiet) || (byName && !toldFriends.isEmpty())) {
            return;
        }
        new FriendsLine(selected.joinPorts(), byName)
                .of(address, port)
                .map(context.terminal()::text)
                .filter(toldFriends::add)
                .ifPresent(context.terminal()::tell);
    }

    private void warned(Failure failure) {
        context.terminal().tell(context.terminal().text("run.not-opened", "failure", failure.detail()));
    }
}
