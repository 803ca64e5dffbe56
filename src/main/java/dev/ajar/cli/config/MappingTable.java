package dev.ajar.cli.config;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.Families;
import dev.ajar.cli.input.MethodSyntax;
import dev.ajar.cli.input.NameSyntax;
import dev.ajar.cli.input.PortSyntax;
import dev.ajar.cli.input.PortWish;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.keeper.Configuration;
import dev.ajar.model.EntryName;
import dev.ajar.model.Failure;
import dev.ajar.model.Family;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Method;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.Selection;
import dev.ajar.model.Subnet;
import dev.ajar.model.Target;
import dev.ajar.profile.Exposure;
import dev.ajar.profile.ServiceCatalog;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One {@code [[mapping]]}: what {@code ajar open} takes, as lines of a file. */
final class MappingTable {
    private static final LeaseDuration DEFAULT_LEASE = new LeaseDuration.Finite(Duration.ofHours(2));

    private MappingTable() {}

    static List<Configuration.Line> read(TableReader reader, Settings settings) throws BadInput {
        if (!reader.has("external")) {
            throw new BadInput("external is missing: which port shall be open");
        }
        Optional<String> name = reader.value("name", NameSyntax::check);
        Optional<String> external = reader.value("external", text -> text);
        Optional<String> internal = reader.value("internal", text -> text);
        String protocol = reader.value("protocol", text -> text).orElse("tcp");
        Optional<InetAddress> to = reader.value("to", AddressSyntax::device);
        Optional<LeaseDuration> own = reader.value("lease", TimeSyntax::lease);
        Optional<InetAddress> gateway = reader.value("gateway", AddressSyntax::gateway);
        Optional<Set<Method>> methods = reader.value("method", MethodSyntax::methods);
        Optional<Subnet> from = reader.value("from", AddressSyntax::remote);
        Optional<Set<Family>> named = reader.value("family", MappingTable::families);
        boolean any = reader.value("external_port", MappingTable::any).orElse(false);
        List<String> onChange = reader.program("on_change");
        Set<String> exposed = Set.copyOf(reader.names("yes_expose", "rdp"));
        reader.refuseOthers();
        Set<Family> families = families(named, to, from);
        if (families.contains(Family.IPV6) && gateway.isPresent()) {
            throw new BadInput("over IPv6 the default router is asked: leave out gateway, or family");
        }
        if (gateway.flatMap(AddressSyntax::onTheInternet).isPresent()) {
            throw new BadInput("gateway is an address on the internet; name the router by that on your network");
        }
        LeaseDuration lease = own.orElse(lease(settings));
        Selection selection =
                new Selection(methods.orElse(methods(settings)), gateway.or(() -> gateway(settings)), Optional.empty());
        List<Configuration.Line> lines = new ArrayList<>();
        String ports = external.orElse("") + internal.map(port -> ":" + port).orElse("") + "/" + protocol;
        for (PortWish wish : PortSyntax.parse(List.of(ports))) {
            Target target = to.isPresent()
                    ? new Target.OtherHost(to.get(), wish.internalPort())
                    : new Target.ThisHost(wish.internalPort());
            Mapping mapping = new Mapping(
                    wish.protocol(),
                    wish.externalPort(),
                    any ? PortPolicy.ANY_FREE : PortPolicy.EXACT,
                    target,
                    lease,
                    name.orElseGet(() -> EntryName.standard(wish.protocol(), wish.externalPort())),
                    from);
            for (Family family : families) {
                Selection way = family == Family.IPV6 ? selection.overIpv6() : selection;
                lines.add(new Configuration.Line(mapping.description(), mapping, way, onChange));
            }
        }
        Optional<Failure> objection = new Exposure(
                        new ServiceCatalog(),
                        lines.stream().map(Configuration.Line::mapping).toList(),
                        exposed)
                .objection();
        refuse(objection);
        return lines;
    }

    /** What is dangerous to open, in the words of a file. */
    static void refuse(Optional<Failure> objection) throws BadInput {
        if (objection.isPresent() && objection.get() instanceof Failure.Unsafe unsafe) {
            throw new BadInput(unsafe.detail()
                    + ". "
                    + unsafe.remedy().replaceAll("--yes-expose (\\S+)", "yes_expose = [\"$1\"]"));
        }
    }

    /** Over IPv4, unless somebody says otherwise, or the addresses do. */
    private static Set<Family> families(Optional<Set<Family>> named, Optional<InetAddress> to, Optional<Subnet> from)
            throws BadInput {
        Optional<Family> device = to.map(Family::of);
        Optional<Family> remote = from.map(Subnet::network).map(Family::of);
        Family usual = device.or(() -> remote).orElse(Family.IPV4);
        Set<Family> wanted = named.orElse(EnumSet.of(usual));
        return Families.of(wanted.contains(Family.IPV4), wanted.contains(Family.IPV6), device, remote);
    }

    private static Set<Family> families(String text) throws BadInput {
        return switch (text) {
            case "ipv4" -> EnumSet.of(Family.IPV4);
            case "ipv6" -> EnumSet.of(Family.IPV6);
            case "both" -> EnumSet.allOf(Family.class);
            default -> throw new BadInput("family is \"ipv4\", \"ipv6\" or \"both\"");
        };
    }

    private static Boolean any(String text) throws BadInput {
        if (!text.equals("any")) {
            throw new BadInput("external_port is \"any\" or not there at all");
        }
        return true;
    }

    static LeaseDuration lease(Settings settings) throws BadInput {
        Optional<String> given = settings.of("lease");
        return given.isPresent() ? TimeSyntax.lease(given.get()) : DEFAULT_LEASE;
    }

    static Optional<InetAddress> gateway(Settings settings) {
        return settings.of("gateway").flatMap(dev.ajar.model.Addresses::ipv4);
    }

    static Set<Method> methods(Settings settings) throws BadInput {
        Optional<String> given = settings.of("method");
        return given.isPresent() ? MethodSyntax.methods(given.get()) : EnumSet.allOf(Method.class);
    }
}
