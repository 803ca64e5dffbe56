package dev.ajar.config;

import dev.ajar.message.Message;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.ProtocolChoice;
import dev.ajar.relay.RelayRule;
import dev.ajar.syntax.AddressSyntax;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.NameSyntax;
import dev.ajar.syntax.OptionName;
import dev.ajar.syntax.RelayPortRequest;
import dev.ajar.syntax.RelaySyntax;
import dev.ajar.syntax.RelayTerms;
import dev.ajar.syntax.TimeSyntax;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a {@code [[relay]]} table, whose keys are the options of {@code ajar relay}. */
final class RelayTableReader {
    private RelayTableReader() {}

    /** The rules of one table, and the mappings they need. */
    record RelayTables(List<RelayRule> rules, List<KeptConfiguration.SourceLine> mappings) {}

    static RelayTables read(TableReader reader, OptionDefaults settings, MappingProtocolSyntax protocols)
            throws InvalidInputException {
        for (String key : List.of("external", "to")) {
            if (!reader.has(key)) {
                throw new InvalidInputException(Message.of("config.relay-key-missing", "key", key));
            }
        }
        Optional<String> external = reader.value("external", text -> text);
        Optional<String> listen = reader.value("listen", text -> text);
        Optional<String> to = reader.value("to", text -> text);
        Optional<String> port = reader.value("port", text -> text);
        String protocol = reader.value("protocol", text -> text).orElse("tcp");
        Optional<String> name = reader.value("name", NameSyntax::check);
        boolean mapped = reader.value("map", RelayTableReader::yesOrNo).orElse(true);
        Optional<LeaseDuration> lease = reader.value("lease", TimeSyntax::lease);
        Optional<InetAddress> gateway = reader.value("gateway", AddressSyntax::gateway);
        Optional<ProtocolChoice> choice = reader.value("method", protocols::choice);
        RelayTerms terms = new RelayTerms(
                RelayTerms.allow(reader.names("allow", "203.0.113.0/24")),
                reader.value("max_connections", text -> RelayTerms.count(OptionName.MAX_CONNECTIONS, text)),
                reader.value("per_source", text -> RelayTerms.count(OptionName.PER_SOURCE, text)),
                reader.value("rate", RelayTerms::rate),
                reader.value("idle", TimeSyntax::idle),
                reader.value("proxy_protocol", RelayTerms::proxy));
        List<String> onChange = reader.program("on_change");
        Set<String> exposed = Set.copyOf(reader.names("yes_expose", "rdp"));
        reader.refuseOthers();
        String rule = external.orElse("")
                + listen.map(here -> "@" + here).orElse("")
                + ":"
                + to.orElse("")
                + port.map(there -> ":" + there).orElse("")
                + "/"
                + protocol;
        List<RelayPortRequest> requests = RelaySyntax.parse(List.of(rule), false);
        MappingTableReader.refuse(RelayPortRequest.exposure(requests, exposed, terms.allow()));
        GatewaySelector selection = settings.selection(choice, gateway);
        LeaseDuration duration = lease.orElse(settings.lease());
        List<RelayRule> rules = new ArrayList<>();
        List<KeptConfiguration.SourceLine> mappings = new ArrayList<>();
        for (RelayPortRequest request : requests) {
            rules.add(terms.rule(request));
            if (mapped) {
                Mapping mapping = request.mapping(duration, name);
                mappings.add(new KeptConfiguration.SourceLine(mapping.description(), mapping, selection, onChange));
            }
        }
        return new RelayTables(rules, mappings);
    }

    private static Boolean yesOrNo(String text) throws InvalidInputException {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new InvalidInputException(Message.of("config.map"));
        };
    }
}
