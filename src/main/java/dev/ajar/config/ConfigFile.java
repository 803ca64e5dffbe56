package dev.ajar.config;

import dev.ajar.container.ContainerSettings;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Port;
import dev.ajar.model.RouterText;
import dev.ajar.model.TransportProtocol;
import dev.ajar.relay.RelayRule;
import dev.ajar.relay.RuleKey;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.MappingProtocolSyntax;
import dev.ajar.syntax.OwnPresets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * The content of a configuration file.
 *
 * @param configuration the mappings, those of the relays among them
 * @param problems empty for a file without mistakes
 * @param containers present where containers are watched
 * @param settings the defaults of the command line, by name
 * @param metrics what listens for monitoring systems; empty where nothing does
 * @param web the page, where it is to be on
 */
public record ConfigFile(
        KeptConfiguration configuration,
        List<RelayRule> relays,
        Optional<ContainerSettings> containers,
        OptionDefaults settings,
        Optional<MetricsSettings> metrics,
        Optional<WebSettings> web,
        List<ConfigProblem> problems) {
    private static final long LARGEST = 1 << 20;

    public ConfigFile {
        relays = List.copyOf(relays);
        problems = List.copyOf(problems);
    }

    /** @return empty when the file does not exist */
    public static Optional<ConfigFile> read(Path file, MappingProtocolSyntax protocols) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return Optional.of(broken(Message.of("config.not-plain"), Message.of("config.name-the-file")));
            }
            if (Files.size(file) > LARGEST) {
                return Optional.of(broken(Message.of("config.too-large"), Message.of("config.example")));
            }
            return Optional.of(parse(Files.readString(file), protocols, PresetFile.beside(file)::read));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of(broken(Message.of("config.not-utf8"), Message.of("config.save-as-utf8")));
        } catch (IOException e) {
            return Optional.of(broken(
                    Message.of("config.unreadable", "why", ErrorText.reason(e)), Message.of("config.make-readable")));
        }
    }

    private static ConfigFile broken(Message what, Message remedy) {
        return broken(List.of(new ConfigProblem(0, what, remedy)));
    }

    private static ConfigFile broken(List<ConfigProblem> problems) {
        return new ConfigFile(
                KeptConfiguration.EMPTY,
                List.of(),
                Optional.empty(),
                OptionDefaults.EMPTY,
                Optional.empty(),
                Optional.empty(),
                problems);
    }

    static ConfigFile parse(String text, MappingProtocolSyntax protocols) {
        return parse(text, protocols, OwnPresets.Source.NONE);
    }

    private static ConfigFile parse(String text, MappingProtocolSyntax protocols, OwnPresets.Source presets) {
        TomlParseResult toml = Toml.parse(text);
        if (toml.hasErrors()) {
            return broken(toml.errors().stream()
                    .map(error -> new ConfigProblem(
                            error.position().line(),
                            Message.verbatim(new RouterText(String.valueOf(error.getMessage())).display()),
                            Message.of("config.not-toml")))
                    .toList());
        }
        return new Reading(toml, protocols, presets).result();
    }

    /** What no two lines may share. On another gateway or over the other IP version, it is another desired mapping. */
    private record MappingKey(
            TransportProtocol protocol, Port external, Optional<InetAddress> gateway, IpVersion ipVersion) {
        static MappingKey of(KeptConfiguration.SourceLine line) {
            return new MappingKey(
                    line.mapping().protocol(),
                    line.mapping().externalPort(),
                    line.selection().gateway(),
                    line.selection().ipVersion());
        }
    }

    /** Reads one file. */
    private static final class Reading {
        private final TomlTable toml;
        private final MappingProtocolSyntax protocols;
        private final OwnPresets.Source presets;
        private final List<ConfigProblem> problems = new ArrayList<>();
        private final List<KeptConfiguration.SourceLine> lines = new ArrayList<>();
        private final List<RelayRule> relays = new ArrayList<>();
        private final Set<MappingKey> mapped = new HashSet<>();
        private final Set<RuleKey> relayed = new HashSet<>();
        private final Set<RelayRule.Place> places = new HashSet<>();

        Reading(TomlTable toml, MappingProtocolSyntax protocols, OwnPresets.Source presets) {
            this.toml = toml;
            this.protocols = protocols;
            this.presets = presets;
        }

        ConfigFile result() {
            Set<String> known = Set.of("mapping", "relay", "containers", "defaults", "metrics", "web");
            for (String key : toml.keySet()) {
                if (!known.contains(key)) {
                    problem(
                            toml.inputPositionOf(key),
                            Message.of("config.unknown", "key", new RouterText(key).display()),
                            Message.of("config.known-tables"));
                }
            }
            OptionDefaults settings = OptionDefaults.EMPTY;
            List<String> onChange = List.of();
            if (toml.get("defaults") instanceof TomlTable defaults) {
                TableReader reader = new TableReader(defaults, position("defaults"), problems);
                settings = OptionDefaults.read(reader, protocols);
                onChange = reader.program("on_change");
                reader.refuseOthers();
            } else if (toml.contains("defaults")) {
                problem(
                        position("defaults"),
                        Message.of("config.defaults-not-table"),
                        Message.of("config.write-defaults"));
            }
            OptionDefaults usual = settings;
            tables("mapping", reader -> take(reader, mapping(reader, usual)));
            tables("relay", reader -> relay(reader, usual));
            Optional<ContainerSettings> containers = table("containers").flatMap(reader -> containers(reader, usual));
            Optional<MetricsSettings> metrics = table("metrics").flatMap(HttpTableReader::metrics);
            Optional<WebSettings> web = table("web").map(HttpTableReader::web);
            problems.sort(Comparator.comparingInt(ConfigProblem::line));
            return new ConfigFile(
                    new KeptConfiguration("", lines, onChange), relays, containers, settings, metrics, web, problems);
        }

        private Optional<ContainerSettings> containers(TableReader reader, OptionDefaults settings) {
            try {
                return Optional.of(ContainersTableReader.read(reader, settings));
            } catch (InvalidInputException e) {
                reader.problem(e);
                return Optional.empty();
            }
        }

        /** A table that the file may have once. */
        private Optional<TableReader> table(String name) {
            if (toml.get(name) instanceof TomlTable table) {
                return Optional.of(new TableReader(table, position(name), problems));
            }
            if (toml.contains(name)) {
                problem(
                        position(name),
                        Message.of("config.not-table", "name", name),
                        Message.of("config.write-table", "name", name));
            }
            return Optional.empty();
        }

        /** Reads every table of a list such as {@code [[mapping]]}. */
        private void tables(String name, Consumer<TableReader> read) {
            if (!toml.contains(name)) {
                return;
            }
            if (!(toml.get(name) instanceof TomlArray array)) {
                problem(
                        position(name),
                        Message.of("config.not-list", "name", name),
                        Message.of("config.write-list", "name", name));
                return;
            }
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TomlTable table) {
                    read.accept(new TableReader(table, array.inputPositionOf(i), problems));
                }
            }
        }

        private void take(TableReader reader, List<KeptConfiguration.SourceLine> more) {
            Set<String> twice = new LinkedHashSet<>();
            for (KeptConfiguration.SourceLine line : more) {
                if (!mapped.add(MappingKey.of(line))) {
                    twice.add(line.mapping().label());
                }
                lines.add(line);
            }
            twice.forEach(label -> reader.problem(Message.of("config.wanted-twice", "mapping", label)));
        }

        private void relay(TableReader reader, OptionDefaults settings) {
            try {
                RelayTableReader.RelayTables read = RelayTableReader.read(reader, settings, protocols);
                take(reader, read.mappings());
                for (RelayRule rule : read.rules()) {
                    if (!relayed.add(rule.key()) || !places.add(rule.place())) {
                        reader.problem(Message.of("config.same-relay-port", "rule", rule.key(), "port", rule.listen()));
                    }
                    relays.add(rule);
                }
            } catch (InvalidInputException e) {
                reader.problem(e);
            }
        }

        private List<KeptConfiguration.SourceLine> mapping(TableReader reader, OptionDefaults settings) {
            try {
                return MappingTableReader.read(reader, settings, protocols, presets);
            } catch (InvalidInputException e) {
                reader.problem(e);
                return List.of();
            }
        }

        private TomlPosition position(String key) {
            TomlPosition found = toml.inputPositionOf(key);
            return found == null ? TomlPosition.positionAt(1, 1) : found;
        }

        private void problem(@Nullable TomlPosition where, Message what, Message remedy) {
            problems.add(new ConfigProblem(where == null ? 0 : where.line(), what, remedy));
        }
    }
}
