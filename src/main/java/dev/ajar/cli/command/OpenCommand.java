package dev.ajar.cli.command;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.OpenJson;
import dev.ajar.cli.render.ManualHint;
import dev.ajar.cli.render.OpenSummary;
import dev.ajar.cli.render.OpenText;
import dev.ajar.doctor.HostProbe;
import dev.ajar.mapping.OpenReport;
import dev.ajar.mapping.Ownership;
import dev.ajar.mapping.PortMapper;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.state.Owner;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.IpVersionSyntax;
import dev.ajar.syntax.NameSyntax;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.TimeSyntax;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar open}. */
public final class OpenCommand extends GatewayCommand {
    private static final String DEFAULT_LEASE = "1h";

    private final PositionalParamSpec ports = OptionBuilder.ports(
            "PORT, EXTERNAL:INTERNAL or FIRST-LAST, then /tcp, /udp or /both (default: tcp); or an application such as minecraft (ajar presets lists them).");
    private final OptionSpec to = OptionBuilder.text("--to", "IP", "Another device on your network.");
    private final OptionSpec lease =
            OptionBuilder.text("--lease", "TIME", "How long: 30m, 2h, 7d or permanent. Default: 1h.");
    private final OptionSpec name = OptionBuilder.text("--name", "TEXT", "The name in the router's own list.");
    private final OptionSpec externalPort =
            OptionBuilder.text("--external-port", "any", "Take any free external port if the one asked for is taken.");

    private final OptionSpec passive = OptionBuilder.text(
            "--passive", "FIRST-LAST", "The range of ports of an application that has one, such as ftp.");
    private final OptionSpec exposed = OptionBuilder.exposed();
    private final OptionSpec stay = OptionBuilder.text(
            "--for",
            "TIME",
            "Close it after that time, however often its lease is renewed. Default: when you close it.");

    private final OptionSpec relay =
            OptionBuilder.flag("With --to: if the router refuses, let this machine carry it, until Ctrl-C.", "--relay");

    private final OptionSpec from =
            OptionBuilder.text("--from", "ADDRESS", "Let in that address alone, or a network such as 203.0.113.0/24.");
    private final OptionSpec ipv4 = OptionBuilder.flag("Over IPv4 alone. Default: both.", "--ipv4");
    private final OptionSpec ipv6 = OptionBuilder.flag("Over IPv6 alone: a hole in the router's firewall.", "--ipv6");

    private final OptionSpec upstream =
            OptionBuilder.flag("If there is a router in front of your router: open it there too.", "--upstream");
    private final OptionSpec upstreamGateway =
            OptionBuilder.text("--upstream-gateway", "IP", "The same, and the address of that router.");

    private List<Mapping> mappings = List.of();
    private Set<IpVersion> ipVersions = EnumSet.allOf(IpVersion.class);
    private Optional<Failure> objection = Optional.empty();
    private List<String> warnings = List.of();
    private final ServiceCatalog services = new ServiceCatalog();
    private Ownership ownership = Ownership.ANYBODY;

    public OpenCommand(CliContext context) {
        super(context);
    }

    @Override
    void defineOwn(CommandSpec own) {
        own.addPositional(ports)
                .addOption(to)
                .addOption(lease)
                .addOption(name)
                .addOption(externalPort)
                .addOption(passive)
                .addOption(exposed)
                .addOption(stay)
                .addOption(from)
                .addOption(ipv4)
                .addOption(ipv6)
                .addOption(upstream)
                .addOption(upstreamGateway)
                .addOption(relay);
        OptionBuilder.describe(
                own,
                "Open ports on the router, to this machine or another one on your network.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar open 25565                    TCP port 25565 to this machine, for an hour",
                        "  ajar open minecraft                what Minecraft needs",
                        "  ajar open 25565/both --lease 2h    TCP and UDP, for two hours",
                        "  ajar open 8443:443                 external port 8443 to port 443 here",
                        "  ajar open 27015-27020/udp          a range",
                        "  ajar open 8443:443 --to 192.168.1.20    to another device on your network",
                        "  ajar open 6000 --external-port any      another one if 6000 is taken",
                        "  ajar open 8554 --from 203.0.113.7       for that address alone",
                        "  ajar open 25565 --ipv6                  over IPv6 alone",
                        "  ajar open 25565 --upstream              on the router in front of yours too",
                        "  ajar open 25565 --method manual    you made the rule on the router's page: note it, watch it",
                        ""),
                List.of("", "Close it again with: ajar close PORT"));
    }

    @Override
    void check() throws InvalidInputException {
        PortSelection wanted = PortSelection.of(OptionBuilder.all(ports), OptionBuilder.given(passive));
        String time = OptionBuilder.given(lease);
        LeaseDuration duration = TimeSyntax.lease(
                time != null ? time : context().settings().apply("lease").orElse(DEFAULT_LEASE));
        String device = OptionBuilder.given(to);
        Optional<InetAddress> client = device == null ? Optional.empty() : Optional.of(AddressSyntax.device(device));
        String text = OptionBuilder.given(name);
        Optional<String> called = text == null ? Optional.empty() : Optional.of(NameSyntax.check(text));
        PortPolicy policy = policy(OptionBuilder.given(externalPort));
        String end = OptionBuilder.given(stay);
        ownership =
                end == null ? Ownership.ANYBODY : new Ownership(new Owner.User(), Optional.of(TimeSyntax.stay(end)));
        String who = OptionBuilder.given(from);
        Optional<Subnet> remote = who == null ? Optional.empty() : Optional.of(AddressSyntax.remote(who));
        ipVersions = IpVersionSyntax.of(
                OptionBuilder.isSet(ipv4),
                OptionBuilder.isSet(ipv6),
                client.map(IpVersion::of),
                remote.map(Subnet::network).map(IpVersion::of));
        List<Mapping> all = new ArrayList<>();
        for (PortRequest desired : wanted.desiredMappings()) {
            Target target = client.isPresent()
                    ? new Target.OtherHost(client.get(), desired.internalPort())
                    : new Target.ThisHost(desired.internalPort());
            String description = called.orElseGet(() -> EntryName.standard(desired.protocol(), desired.externalPort()));
            all.add(new Mapping(
                    desired.protocol(), desired.externalPort(), policy, target, duration, description, remote));
        }
        mappings = List.copyOf(all);
        if (OptionBuilder.isSet(relay) && client.isEmpty()) {
            throw new InvalidInputException("--relay goes with --to: which device shall be reached?");
        }
        if (OptionBuilder.isSet(relay) && output().json()) {
            throw new InvalidInputException("--relay runs until Ctrl-C, so it has no --json; ajar relay status has");
        }
        Set<String> agreed = Set.copyOf(OptionBuilder.all(exposed));
        Exposure exposure = new Exposure(services, mappings, wanted.agreed(services, agreed));
        objection = wanted.objection(agreed).or(exposure::objection);
        warnings = remote.isPresent() ? List.of() : wanted.warnings(exposure);
    }

    /** A relay runs where it was asked for. */
    @Override
    boolean concernsTheDaemon() {
        return !OptionBuilder.isSet(relay);
    }

    @Override
    Optional<Failure> objection() {
        return objection;
    }

    private static PortPolicy policy(@Nullable String given) throws InvalidInputException {
        if (given == null) {
            return PortPolicy.EXACT;
        }
        if (!given.equals("any")) {
            throw new InvalidInputException(
                    "--external-port only takes \"any\"; for a fixed one write EXTERNAL:INTERNAL, such as 8443:443");
        }
        return PortPolicy.ANY_FREE;
    }

    @Override
    boolean takesByHand() {
        return true;
    }

    @Override
    ExitCode run(PortMapper actions, GatewaySelector selection, Duration timeout) throws InvalidInputException {
        if (isByHand()) {
            return new ManualRuleRecorder(context(), output()).note(actions, mappings);
        }
        UpstreamOption further =
                UpstreamOption.of(context(), OptionBuilder.isSet(upstream), OptionBuilder.given(upstreamGateway));
        if (!ipVersions.contains(IpVersion.IPV4)) {
            further.refuseWithoutIpv4();
        }
        OpenReport report = further.extend(
                open(actions, selection, timeout),
                actions,
                selection,
                ownership,
                timeout,
                !output().json() && !output().quiet());
        ExitCode exitCode = OpenSummary.exitCode(report);
        HostProbe hostProbe = context().hostProbe();
        Optional<ManualHint> manual = ManualHintFinder.of(report, typed(), hostProbe);
        if (output().json()) {
            List<String> hints = hints(report, further);
            terminal()
                    .out()
                    .println(OpenJson.of(
                            report, exitCode, context().keeper(), new OpenJson.Aside(warnings, hints, manual)));
        } else {
            OpenText.print(
                    terminal(),
                    report,
                    output().quiet(),
                    context().keeper(),
                    context().zone());
            if (!output().quiet()) {
                warnings.forEach(terminal().err()::println);
                hints(report, further).forEach(terminal().err()::println);
            }
            manual.ifPresent(hint -> hint.print(terminal()));
        }
        tellAttempts(report.attempts());
        return OptionBuilder.isSet(relay) ? relayed(report, selection).orElse(exitCode) : exitCode;
    }

    @Override
    boolean takesAll() {
        return true;
    }

    private OpenReport open(PortMapper actions, GatewaySelector selection, Duration timeout)
            throws InvalidInputException {
        if (!ipVersions.contains(IpVersion.IPV4)) {
            IpVersionSyntax.refuseNamed(selection);
            if (isForAll()) {
                throw new InvalidInputException("--gateway all is for IPv4; over IPv6 the default router is asked");
            }
        }
        if (isForAll()) {
            return actions.openOnAll(mappings, selection, ownership, timeout);
        }
        if (!ipVersions.contains(IpVersion.IPV6)) {
            return actions.open(mappings, selection, ownership, timeout);
        }
        if (!ipVersions.contains(IpVersion.IPV4)) {
            return actions.open(mappings, selection.overIpv6(), ownership, timeout);
        }
        // A gateway that was named is one of IPv4.
        boolean named = selection.gateway().isPresent() || selection.location().isPresent();
        return named
                ? actions.open(mappings, selection, ownership, timeout)
                : actions.openOverBoth(mappings, selection, ownership, timeout);
    }

    private Optional<ExitCode> relayed(OpenReport report, GatewaySelector selection) throws InvalidInputException {
        return RelayFallback.of(context(), report, selection, ownership.stay(), Set.copyOf(OptionBuilder.all(exposed)));
    }

    /** To ask a service who it is takes a moment, so it is done once the rest has been told. */
    private List<String> hints(OpenReport report, UpstreamOption further) {
        List<String> all = new ArrayList<>(further.idle(report).stream().toList());
        boolean narrowedInVain =
                OptionBuilder.given(from) != null && report.failure().isEmpty() && !report.isAnyOpen();
        if (narrowedInVain) {
            all.add(
                    "Where the port was open to more than those before, that was closed first; what is open now: ajar status");
        }
        if (report.isAnyOpen()) {
            all.addAll(ServiceHints.of(services, mappings, context().hostProbe()));
        }
        return List.copyOf(all);
    }

    /** The ports and the device, as they would be typed again. */
    private List<String> typed() {
        List<String> words = new ArrayList<>(OptionBuilder.all(ports));
        String device = OptionBuilder.given(to);
        if (device != null) {
            words.addAll(List.of("--to", device));
        }
        return words;
    }
}
