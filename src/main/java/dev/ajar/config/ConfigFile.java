package dev.ajar.config;

import dev.ajar.model.RouterText;
import dev.ajar.relay.RelayRule;
import dev.ajar.syntax.InvalidInputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A configuration file as it was read.
 *
 * @param configuration the mappings, those of the relays among them
 * @param problems empty when all of it makes sense
 * @param settings the defaults of the command line, by name
 */
public record ConfigFile(
        KeptConfiguration configuration,
        List<RelayRule> relays,
        OptionDefaults settings,
        List<ConfigProblem> problems) {
    private static final long LARGEST = 1 << 20;

    public ConfigFile {
        relays = List.copyOf(relays);
        problems = List.copyOf(problems);
    }

    /** Nothing is configured. */
    public static final ConfigFile EMPTY =
            new ConfigFile(KeptConfiguration.EMPTY, List.of(), OptionDefaults.EMPTY, List.of());

    /** @return empty when there is no such file */
    public static Optional<ConfigFile> read(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return Optional.of(broken(new ConfigProblem(0, "it is not a plain file", "Name the file itself")));
            }
            if (Files.size(file) > LARGEST) {
                return Optional.of(broken(new ConfigProblem(0, "it is larger than 1 MiB", REMEDY)));
            }
            return Optional.of(parse(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.of(broken(new ConfigProblem(0, "it is not UTF-8", "Save it as UTF-8, as TOML demands")));
        } catch (IOException e) {
            return Optional.of(
                    broken(new ConfigProblem(0, "it cannot be read: " + e.getMessage(), "Make it readable for you")));
        }
    }

    private static final String REMEDY = "docs/keeping.md has an example";

    private static ConfigFile broken(ConfigProblem problem) {
        return new ConfigFile(KeptConfiguration.EMPTY, List.of(), OptionDefaults.EMPTY, List.of(problem));
    }

    static ConfigFile parse(String text) {
        TomlParseResult toml = Toml.parse(text);
        if (toml.hasErrors()) {
            return new ConfigFile(
                    KeptConfiguration.EMPTY,
                    List.of(),
                    OptionDefaults.EMPTY,
                    toml.errors().stream()
                            .map(error -> new ConfigProblem(
                                    error.position().line(),
                                    new RouterText(String.valueOf(error.getMessage())).display(),
                                    "It is not TOML; " + REMEDY))
                            .toList());
        }
        return new Reading(toml).result();
    }

    /** One reading of one file. */
    private static final class Reading {
        private final TomlTable toml;
        private final List<ConfigProblem> problems = new ArrayList<>();
        private final List<KeptConfiguration.SourceLine> lines = new ArrayList<>();
        private final List<RelayRule> relays = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        Reading(TomlTable toml) {
            this.toml = toml;
        }

        ConfigFile result() {
            Set<String> known = Set.of("mapping", "relay", "defaults");
            for (String key : toml.keySet()) {
                if (!known.contains(key)) {
                    problem(
                            toml.inputPositionOf(key),
                            "there is no \"" + key + "\" here",
                            "Known are [defaults], [[mapping]] and [[relay]]");
                }
            }
            OptionDefaults settings = OptionDefaults.EMPTY;
            List<String> onChange = List.of();
            if (toml.get("defaults") instanceof TomlTable defaults) {
                TableReader reader = new TableReader(defaults, position("defaults"), problems);
                settings = OptionDefaults.read(reader);
                onChange = reader.program("on_change");
                reader.refuseOthers();
            } else if (toml.contains("defaults")) {
                problem(position("defaults"), "defaults is no table", "Write [defaults] on a line of its own");
            }
            OptionDefaults usual = settings;
            tables("mapping", reader -> take(reader, mapping(reader, usual)));
            tables("relay", reader -> relay(reader, usual));
            return new ConfigFile(new KeptConfiguration("", lines, onChange), relays, settings, problems);
        }

        /** Every table of a list of them, such as {@code [[mapping]]}. */
        private void tables(String name, Consumer<TableReader> read) {
            if (!toml.contains(name)) {
                return;
            }
            if (!(toml.get(name) instanceof TomlArray array)) {
                problem(position(name), name + " is no list", "Write [[" + name + "]], with two brackets");
                return;
            }
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof TomlTable table) {
                    read.accept(new TableReader(table, array.inputPositionOf(i), problems));
                }
            }
        }

        private void take(TableReader reader, List<KeptConfiguration.SourceLine> more) {
            for (KeptConfiguration.SourceLine line : more) {
                // On another gateway, or over the other version of IP, it is another wish.
                String where =
                        line.selection().gateway() + " " + line.selection().ipVersion();
                if (!seen.add(line.mapping().label() + where)) {
                    reader.problem(line.mapping().label() + " is wanted twice");
                }
                lines.add(line);
            }
        }

        private void relay(TableReader reader, OptionDefaults settings) {
            try {
                RelayTableReader.RelayTables read = RelayTableReader.read(reader, settings);
                take(reader, read.mappings());
                for (RelayRule rule : read.rules()) {
                    if (!seen.add("relay " + rule.name()) || !seen.add("here " + rule.place())) {
                        reader.problem("two relays have the same port: " + rule.name() + ", here " + rule.listen());
                    }
                    relays.add(rule);
                }
            } catch (InvalidInputException e) {
                reader.problem(String.valueOf(e.getMessage()));
            }
        }

        private List<KeptConfiguration.SourceLine> mapping(TableReader reader, OptionDefaults settings) {
            try {
                return MappingTableReader.read(reader, settings);
            } catch (InvalidInputException e) {
                // The reader has told where already, or it is the table as a whole.
                reader.problem(String.valueOf(e.getMessage()));
                return List.of();
            }
        }

        private TomlPosition position(String key) {
            TomlPosition found = toml.inputPositionOf(key);
            return found == null ? TomlPosition.positionAt(1, 1) : found;
        }

        private void problem(@org.jspecify.annotations.Nullable TomlPosition where, String what, String remedy) {
            problems.add(new ConfigProblem(where == null ? 0 : where.line(), what, remedy));
        }
    }
}
