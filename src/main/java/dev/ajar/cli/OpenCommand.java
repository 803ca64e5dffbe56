package dev.ajar.cli;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.Families;
import dev.ajar.cli.input.NameSyntax;
import dev.ajar.cli.input.PortWish;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.cli.output.JsonReports;
import dev.ajar.cli.output.ManualHint;
import dev.ajar.cli.output.OpenText;
import dev.ajar.cli.output.OpenVerdict;
import dev.ajar.doctor.Premises;
import dev.ajar.manager.Actions;
import dev.ajar.manager.Custody;
import dev.ajar.manager.OpenReport;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.Family;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Selection;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.profile.Exposure;
import dev.ajar.profile.ServiceCatalog;
import dev.ajar.state.Owner;
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
final class OpenCommand extends Action {
    private static final String DEFAULT_LEASE = "1h";

    private final PositionalParamSpec ports = Grammar.ports(
            "PORT, EXTERNAL:INTERNAL or FIRST-LAST, then /tcp, /udp or /both (default: tcp); or an application such as minecraft (ajar presets lists them).");
    private final OptionSpec to = Grammar.text("--to", "IP", "Another device on your network.");
    private final OptionSpec lease =
            Grammar.text("--lease", "TIME", "How long: 30m, 2h, 7d or permanent. Default: 1h.");
    private final OptionSpec name = Grammar.text("--name", "TEXT", "The name in the router's own list.");
    private final OptionSpec externalPort =
            Grammar.text("--external-port", "any", "Take any free external port if the one asked for is taken.");

    private final OptionSpec passive =
            Grammar.text("--passive", "FIRST-LAST", "The range of ports of an application that has one, such as ftp.");
    private final OptionSpec exposed = Grammar.exposed();
    private final OptionSpec stay = Grammar.text(
            "--for",
            "TIME",
            "Close it after that time, however often its lease is renewed. Default: when you close it.");

    private final OptionSpec relay =
            Grammar.flag("With --to: if the router refuses, let this machine carry it, until Ctrl-C.", "--relay");

    private final OptionSpec from =
            Grammar.text("--from", "ADDRESS", "Let in that address alone, or a network such as 203.0.113.0/24.");
    private final OptionSpec ipv4 = Grammar.flag("Over IPv4 alone. Default: both.", "--ipv4");
    private final OptionSpec ipv6 = Grammar.flag("Over IPv6 alone: a hole in the router's firewall.", "--ipv6");

    private final OptionSpec upstream =
            Grammar.flag("If there is a router in front of your router: open it there too.", "--upstream");
    private final OptionSpec upstreamGateway =
            Grammar.text("--upstream-gateway", "IP", "The same, and the address of that router.");

    private List<Mapping> mappings = List.of();
    private Set<Family> families = EnumSet.allOf(Family.class);
    private Optional<Failure> objection = Optional.empty();
    private List<String> warnings = List.of();
    private final ServiceCatalog services = new ServiceCatalog();
    private Custody custody = Custody.ANYBODY;

    OpenCommand(Surroundings surroundings) {
        super(surroundings);
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
        Grammar.describe(
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
    void check() throws BadInput {
        Wanted wanted = Wanted.of(Grammar.all(ports), Grammar.given(passive));
        String time = Grammar.given(lease);
        LeaseDuration duration = TimeSyntax.lease(
                time != null ? time : surroundings().settings().apply("lease").orElse(DEFAULT_LEASE));
        String device = Grammar.given(to);
        Optional<InetAddress> client = device == null ? Optional.empty() : Optional.of(AddressSyntax.device(device));
        String text = Grammar.given(name);
        Optional<String> called = text == null ? Optional.empty() : Optional.of(NameSyntax.check(text));
        PortPolicy policy = policy(Grammar.given(externalPort));
        String end = Grammar.given(stay);
        custody = end == null ? Custody.ANYBODY : new Custody(new Owner.Anybody(), Optional.of(TimeSyntax.stay(end)));
        String who = Grammar.given(from);
        Optional<Subnet> remote = who == null ? Optional.empty() : Optional.of(AddressSyntax.remote(who));
        families = Families.of(
                Grammar.isSet(ipv4),
                Grammar.isSet(ipv6),
                client.map(Family::of),
                remote.map(Subnet::network).map(Family::of));
        List<Mapping> all = new ArrayList<>();
        for (PortWish wish : wanted.wishes()) {
            Target target = client.isPresent()
                    ? new Target.OtherHost(client.get(), wish.internalPort())
                    : new Target.ThisHost(wish.internalPort());
            String description = called.orElseGet(() -> EntryName.standard(wish.protocol(), wish.externalPort()));
            all.add(new Mapping(wish.protocol(), wish.externalPort(), policy, target, duration, description, remote));
        }
        mappings = List.copyOf(all);
        if (Grammar.isSet(relay) && client.isEmpty()) {
            throw new BadInput("--relay goes with --to: which device shall be reached?");
        }
        if (Grammar.isSet(relay) && output().json()) {
            throw new BadInput("--relay runs until Ctrl-C, so it has no --json; ajar relay status has");
        }
        Set<String> agreed = Set.copyOf(Grammar.all(exposed));
        Exposure exposure = new Exposure(services, mappings, wanted.agreed(services, agreed));
        objection = wanted.objection(agreed).or(exposure::objection);
        warnings = remote.isPresent() ? List.of() : wanted.warnings(exposure);
    }

    /** A relay runs where it was asked for. */
    @Override
    boolean concernsTheDaemon() {
        return !Grammar.isSet(relay);
    }

    @Override
    Optional<Failure> objection() {
        return objection;
    }

    private static PortPolicy policy(@Nullable String given) throws BadInput {
        if (given == null) {
            return PortPolicy.EXACT;
        }
        if (!given.equals("any")) {
            throw new BadInput(
                    "--external-port only takes \"any\"; for a fixed one write EXTERNAL:INTERNAL, such as 8443:443");
        }
        return PortPolicy.ANY_FREE;
    }

    @Override
    boolean takesByHand() {
        return true;
    }

    @Override
    ExitCode run(Actions actions, Selection selection, Duration timeout) throws BadInput {
        if (isByHand()) {
            return new ByHand(surroundings(), output()).note(actions, mappings);
        }
        FurtherOut further = FurtherOut.of(surroundings(), Grammar.isSet(upstream), Grammar.given(upstreamGateway));
        if (!families.contains(Family.IPV4)) {
            further.refuseWithoutIpv4();
        }
        OpenReport report = further.extend(
                open(actions, selection, timeout),
                actions,
                selection,
                custody,
                timeout,
                !output().json() && !output().quiet());
        ExitCode exitCode = OpenVerdict.exitCode(report);
        Premises premises = surroundings().premises();
        Optional<ManualHint> manual = ManualWay.of(report, typed(), premises);
        if (output().json()) {
            List<String> hints = hints(report, further);
            terminal()
                    .out()
                    .println(JsonReports.open(
                            report, exitCode, surroundings().keeper(), new JsonReports.Aside(warnings, hints, manual)));
        } else {
            OpenText.print(
                    terminal(),
                    report,
                    output().quiet(),
                    surroundings().keeper(),
                    surroundings().zone());
            if (!output().quiet()) {
                warnings.forEach(terminal().err()::println);
                hints(report, further).forEach(terminal().err()::println);
            }
            manual.ifPresent(hint -> hint.print(terminal()));
        }
        tellAttempts(report.attempts());
        return Grammar.isSet(relay) ? relayed(report, selection).orElse(exitCode) : exitCode;
    }

    @Override
    boolean takesAll() {
        return true;
    }

    private OpenReport open(Actions actions, Selection selection, Duration timeout) throws BadInput {
        if (!families.contains(Family.IPV4)) {
            Families.refuseNamed(selection);
            if (isForAll()) {
                throw new BadInput("--gateway all is for IPv4; over IPv6 the default router is asked");
            }
        }
        if (isForAll()) {
            return actions.openOnAll(mappings, selection, custody, timeout);
        }
        if (!families.contains(Family.IPV6)) {
            return actions.open(mappings, selection, custody, timeout);
        }
        if (!families.contains(Family.IPV4)) {
            return actions.open(mappings, selection.overIpv6(), custody, timeout);
        }
        // A gateway that was named is one of IPv4.
        boolean named = selection.gateway().isPresent() || selection.location().isPresent();
        return named
                ? actions.open(mappings, selection, custody, timeout)
                : actions.openOverBoth(mappings, selection, custody, timeout);
    }

    private Optional<ExitCode> relayed(OpenReport report, Selection selection) throws BadInput {
        return RelayInstead.of(surroundings(), report, selection, custody.stay(), Set.copyOf(Grammar.all(exposed)));
    }

    /** To ask a service who it is takes a moment, so it is done once the rest has been told. */
    private List<String> hints(OpenReport report, FurtherOut further) {
        List<String> all = new ArrayList<>(further.idle(report).stream().toList());
        boolean narrowedInVain = Grammar.given(from) != null && report.failure().isEmpty() && !report.isAnyOpen();
        if (narrowedInVain) {
            all.add(
                    "Where the port was open to more than those before, that was closed first; what is open now: ajar status");
        }
        if (report.isAnyOpen()) {
            all.addAll(ServiceHints.of(services, mappings, surroundings().premises()));
        }
        return List.copyOf(all);
    }

    /** The ports and the device, as they would be typed again. */
    private List<String> typed() {
        List<String> words = new ArrayList<>(Grammar.all(ports));
        String device = Grammar.given(to);
        if (device != null) {
            words.addAll(List.of("--to", device));
        }
        return words;
    }
}
