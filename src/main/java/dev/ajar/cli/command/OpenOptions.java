package dev.ajar.cli.command;

import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.context.Consent;
import dev.ajar.cli.hint.DeviceQuestion;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.FriendsLine;
import dev.ajar.mapping.request.Ownership;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Subnet;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.IpVersionSyntax;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.NameSyntax;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import dev.ajar.syntax.TimeSyntax;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The options of {@code ajar open}, and the {@link OpenRequest} they make. */
final class OpenOptions {
    private final PositionalParamSpec ports = OptionBuilder.ports(Message.of("help.open.ports"));
    private final OptionSpec to = OptionBuilder.text("--to", "IP", Message.of("help.option.to"));
    private final OptionSpec lease = OptionBuilder.text("--lease", "TIME", Message.of("help.open.lease"));
    private final OptionSpec name = OptionBuilder.text("--name", "TEXT", Message.of("help.open.name"));
    private final OptionSpec externalPort =
            OptionBuilder.text("--external-port", "any", Message.of("help.open.external-port"));
    private final OptionSpec passive = OptionBuilder.text("--passive", "FIRST-LAST", Message.of("help.open.passive"));
    private final OptionSpec exposed = OptionBuilder.exposed();
    private final OptionSpec stay = OptionBuilder.text("--for", "TIME", Message.of("help.open.for"));
    private final OptionSpec relay = OptionBuilder.flag(Message.of("help.open.relay"), "--relay");
    private final OptionSpec from = OptionBuilder.text("--from", "ADDRESS", Message.of("help.open.from"));
    private final OptionSpec ipv4 = OptionBuilder.flag(Message.of("help.open.ipv4"), "--ipv4");
    private final OptionSpec ipv6 = OptionBuilder.flag(Message.of("help.open.ipv6"), "--ipv6");
    private final OptionSpec qr = OptionBuilder.flag(Message.of("help.open.qr"), "--qr");
    private final OptionSpec upstream = OptionBuilder.flag(Message.of("help.open.upstream"), "--upstream");
    private final OptionSpec upstreamGateway =
            OptionBuilder.text("--upstream-gateway", "IP", Message.of("help.open.upstream-gateway"));

    void addTo(CommandSpec spec) {
        spec.addPositional(ports);
        List.of(
                        to,
                        lease,
                        name,
                        externalPort,
                        passive,
                        exposed,
                        stay,
                        from,
                        ipv4,
                        ipv6,
                        upstream,
                        upstreamGateway,
                        relay,
                        qr)
                .forEach(spec::addOption);
    }

    /** The lease that the user chose: of a rule without a lease, ajar makes it the end. */
    Optional<Duration> chosenLease(CliContext context) throws InvalidInputException {
        return context.chosenLease(OptionBuilder.given(lease));
    }

    OpenRequest request(CliContext context, ServiceCatalog services, boolean json) throws InvalidInputException {
        PortSelection selected =
                PortSelection.of(OptionBuilder.all(ports), OptionBuilder.given(passive), context.presets());
        Optional<InetAddress> device = OptionBuilder.value(to, AddressSyntax::device);
        Optional<String> called = OptionBuilder.value(name, NameSyntax::check);
        PortPolicy policy =
                OptionBuilder.value(externalPort, OpenOptions::policy).orElse(PortPolicy.EXACT);
        Optional<Duration> time = OptionBuilder.value(stay, TimeSyntax::stay);
        LeaseDuration duration = context.lease(OptionBuilder.given(lease), time);
        Ownership ownership = time.map(Ownership::userFor).orElse(Ownership.USER);
        Optional<Subnet> remote = OptionBuilder.value(from, AddressSyntax::remote);
        Set<IpVersion> ipVersions = IpVersionSyntax.of(
                OptionBuilder.isSet(ipv4),
                OptionBuilder.isSet(ipv6),
                device.map(IpVersion::of),
                remote.map(Subnet::network).map(IpVersion::of));
        MappingTerms terms = new MappingTerms(duration, policy, device, called, remote);
        if (isRelayed() && device.isEmpty()) {
            throw new InvalidInputException(Message.of("open.relay-needs-device"));
        }
        if (isRelayed() && json) {
            throw new InvalidInputException(Message.of("open.relay-no-json"));
        }
        List<Mapping> mappings = PortRequest.toMappings(selected.requests(), terms);
        Set<String> agreed = Consent.of(exposed);
        Exposure exposure = new Exposure(services, mappings, selected.agreed(services, agreed));
        Optional<Failure> objection = selected.objection(agreed).or(exposure::objection);
        if (device.isEmpty() && objection.isEmpty()) {
            DeviceQuestion.ask("open", selected, context.hostProbe());
        }
        return new OpenRequest(
                mappings,
                ipVersions,
                ownership,
                agreed,
                objection,
                remote.isPresent() ? open -> List.of() : open -> selected.warnings(services, open),
                new FriendsLine(selected.joinPorts(), !selected.applications().isEmpty()),
                selected.rangePorts(mappings),
                typed());
    }

    UpstreamOption upstream(CliContext context) throws InvalidInputException {
        return UpstreamOption.of(context, OptionBuilder.isSet(upstream), OptionBuilder.given(upstreamGateway));
    }

    /** Whether the address for friends is shown as a code, too. */
    boolean isCoded() {
        return OptionBuilder.isSet(qr);
    }

    /** Whether this machine relays the port if the router refuses it. */
    boolean isRelayed() {
        return OptionBuilder.isSet(relay);
    }

    private static PortPolicy policy(String given) throws InvalidInputException {
        if (!given.equals("any")) {
            throw new InvalidInputException(Message.of("open.external-port"));
        }
        return PortPolicy.ANY_FREE;
    }

    /** The ports and the device as the user typed them. */
    private List<String> typed() {
        List<String> words = new ArrayList<>(OptionBuilder.all(ports));
        String device = OptionBuilder.given(to);
        if (device != null) {
            words.addAll(List.of("--to", device));
        }
        return words;
    }
}
