package dev.ajar.cli.config;

import dev.ajar.cli.input.AddressSyntax;
import dev.ajar.cli.input.BadInput;
import dev.ajar.cli.input.MethodSyntax;
import dev.ajar.cli.input.NameSyntax;
import dev.ajar.cli.input.RelaySyntax;
import dev.ajar.cli.input.RelayTerms;
import dev.ajar.cli.input.RelayWish;
import dev.ajar.cli.input.TimeSyntax;
import dev.ajar.keeper.Configuration;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.Method;
import dev.ajar.model.Selection;
import dev.ajar.relay.RelayRule;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One {@code [[relay]]}: what {@code ajar relay} takes, as lines of a file. */
final class RelayTable {
    private RelayTable() {}

    /** What one table comes to. */
    record Relays(List<RelayRule> rules, List<Configuration.Line> mappings) {}

    static Relays read(TableReader reader, Settings settings) throws BadInput {
        for (String key : List.of("external", "to")) {
            if (!reader.has(key)) {
                throw new BadInput(key + " is missing: a relay has external, to and, if it is another, port");
            }
        }
        Optional<String> external = reader.value("external", text -> text);
        Optional<String> listen = reader.value("listen", text -> text);
        Optional<String> to = reader.value("to", text -> text);
        Optional<String> port = reader.value("port", text -> text);
        String protocol = reader.value("protocol", text -> text).orElse("tcp");
        Optional<String> name = reader.value("name", NameSyntax::check);
        boolean mapped = reader.value("map", RelayTable::yesOrNo).orElse(true);
        Optional<LeaseDuration> lease = reader.value("lease", TimeSyntax::lease);
        Optional<InetAddress> gateway = reader.value("gateway", AddressSyntax::gateway);
        Optional<Set<Method>> methods = reader.value("method", MethodSyntax::methods);
        RelayTerms terms = new RelayTerms(
                RelayTerms.allow(reader.names("allow", "203.0.113.0/24")),
                reader.value("max_connections", text -> RelayTerms.count("max_connections", text)),
                reader.value("per_source", text -> RelayTerms.count("per_source", text)),
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
        List<RelayWish> wishes = RelaySyntax.parse(List.of(rule), false);
        MappingTable.refuse(RelayWish.exposure(wishes, exposed).objection());
        Selection selection = new Selection(
                methods.orElse(MappingTable.methods(settings)),
                gateway.or(() -> MappingTable.gateway(settings)),
                Optional.empty());
        LeaseDuration time = lease.orElse(MappingTable.lease(settings));
        List<RelayRule> rules = new ArrayList<>();
        List<Configuration.Line> mappings = new ArrayList<>();
        for (RelayWish wish : wishes) {
            rules.add(terms.rule(wish));
            if (mapped) {
                Mapping mapping = wish.mapping(time, name);
                mappings.add(new Configuration.Line(mapping.description(), mapping, selection, onChange));
            }
        }
        return new Relays(rules, mappings);
    }

    private static Boolean yesOrNo(String text) throws BadInput {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new BadInput("map is \"yes\" or \"no\"");
        };
    }
}
