package dev.ajar.config;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.Exposure;
import dev.ajar.catalog.ServiceCatalog;
import dev.ajar.catalog.WellKnownService;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.IpVersion;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.PortPolicy;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.model.Subnet;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.IpVersionSyntax;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.MappingTerms;
import dev.ajar.syntax.NameSyntax;
import dev.ajar.syntax.OwnPresets;
import dev.ajar.syntax.PortRequest;
import dev.ajar.syntax.PortSelection;
import dev.ajar.syntax.TimeSyntax;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code [[mapping]]} table, whose keys are the options of {@code ajar open}. */
final class MappingTableReader {
    private MappingTableReader() {}

    static List<KeptConfiguration.SourceLine> read(
            TableReader reader, OptionDefaults settings, MappingProtocolSyntax protocols, OwnPresets.Source presets)
            throws InvalidInputException {
        Optional<String> preset = reader.value("preset", text -> text);
        if (!reader.has("external") && !reader.has("preset")) {
            throw new InvalidInputException(Message.of("config.external-missing"));
        }
        Optional<String> name = reader.value("name", NameSyntax::check);
        Optional<String> external = reader.value("external", text -> text);
        Optional<String> internal = reader.value("internal", text -> text);
        String protocol = reader.value("protocol", text -> text).orElse("tcp");
        Optional<InetAddress> to = reader.value("to", AddressSyntax::device);
        Optional<LeaseDuration> own = reader.value("lease", TimeSyntax::lease);
        Optional<InetAddress> gateway = reader.value("gateway", AddressSyntax::gateway);
        Optional<ProtocolChoice> choice = reader.value("method", protocols::choice);
        Optional<Subnet> from = reader.value("from", AddressSyntax::remote);
        Optional<Set<IpVersion>> named = reader.value("family", MappingTableReader::ipVersions);
        boolean any = reader.value("external_port", MappingTableReader::any).orElse(false);
        List<String> onChange = reader.program("on_change");
        Set<String> exposed = Set.copyOf(reader.names("yes_expose", "rdp"));
        reader.refuseOthers();
        if (gateway.flatMap(AddressSyntax::onTheInternet).isPresent()) {
            throw new InvalidInputException(Message.of("config.gateway-on-internet"));
        }
        LeaseDuration lease = own.orElse(settings.lease());
        GatewaySelector selection = settings.selection(choice, gateway);
        boolean both = IpVersionSyntax.isOverIpv6(selection, protocols.protocols());
        Set<IpVersion> ipVersions = ipVersions(named, both, to, from);
        if (ipVersions.contains(IpVersion.IPV6) && gateway.isPresent()) {
            throw new InvalidInputException(Message.of("config.ipv6-gateway"));
        }
        MappingTerms terms = new MappingTerms(lease, any ? PortPolicy.ANY_FREE : PortPolicy.EXACT, to, name, from);
        List<KeptConfiguration.SourceLine> lines = new ArrayList<>();
        for (String key : List.of("external", "internal", "protocol")) {
            if (preset.isPresent() && reader.has(key)) {
                throw new InvalidInputException(Message.of("config.preset-alone", "key", key));
            }
        }
        String ports = preset.orElseGet(
                () -> external.orElse("") + internal.map(port -> ":" + port).orElse("") + "/" + protocol);
        PortSelection selected = PortSelection.of(List.of(ports), null, presets);
        Optional<Failure> refused = selected.objection(exposed);
        if (refused.isPresent()) {
            throw new InvalidInputException(refused.get().detail());
        }
        Optional<Application> unplaced = to.isPresent() ? Optional.empty() : selected.unplaced(application -> false);
        if (unplaced.isPresent()) {
            throw new InvalidInputException(Message.of(
                    "config.which-device", "application", unplaced.get().name()));
        }
        for (PortRequest request : selected.requests()) {
            Mapping mapping = request.toMapping(terms);
            for (IpVersion ipVersion : ipVersions) {
                GatewaySelector way = ipVersion == IpVersion.IPV6 ? selection.overIpv6() : selection;
                boolean asked =
                        named.isPresent() || ipVersion == IpVersion.IPV4 || !ipVersions.contains(IpVersion.IPV4);
                lines.add(new KeptConfiguration.SourceLine(mapping.description(), mapping, way, onChange, asked));
            }
        }
        List<Mapping> mappings =
                lines.stream().map(KeptConfiguration.SourceLine::mapping).toList();
        ServiceCatalog services = new ServiceCatalog();
        refuse(new Exposure(services, mappings, selected.agreed(services, exposed)));
        return lines;
    }

    /** Refuses ports that are dangerous to open. The remedy is a key, where the command line has an option. */
    static void refuse(Exposure exposure) throws InvalidInputException {
        Optional<WellKnownService> refused = exposure.unconfirmed();
        if (refused.isPresent()) {
            throw new InvalidInputException(Message.of(
                    "config.unsafe",
                    "what",
                    exposure.danger(refused.get()),
                    "safer",
                    refused.get().safer().orElse(""),
                    "id",
                    refused.get().id()));
        }
    }

    /** As for {@code ajar open}, unless {@code family} or an address in the table says otherwise. */
    private static Set<IpVersion> ipVersions(
            Optional<Set<IpVersion>> named, boolean both, Optional<InetAddress> to, Optional<Subnet> from)
            throws InvalidInputException {
        Optional<IpVersion> device = to.map(IpVersion::of);
        Optional<IpVersion> remote = from.map(Subnet::network).map(IpVersion::of);
        Set<IpVersion> usual = device.or(() -> remote)
                .<Set<IpVersion>>map(EnumSet::of)
                .orElse(both ? EnumSet.allOf(IpVersion.class) : EnumSet.of(IpVersion.IPV4));
        Set<IpVersion> wanted = named.orElse(usual);
        return IpVersionSyntax.of(wanted.contains(IpVersion.IPV4), wanted.contains(IpVersion.IPV6), device, remote);
    }

    private static Set<IpVersion> ipVersions(String text) throws InvalidInputException {
        return switch (text) {
            case "ipv4" -> EnumSet.of(IpVersion.IPV4);
            case "ipv6" -> EnumSet.of(IpVersion.IPV6);
            case "both" -> EnumSet.allOf(IpVersion.class);
            default -> throw new InvalidInputException(Message.of("config.family"));
        };
    }

    private static Boolean any(String text) throws InvalidInputException {
        if (!text.equals("any")) {
            throw new InvalidInputException(Message.of("config.external-port"));
        }
        return true;
    }
}
