package dev.ajar.cli.command;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.CatalogText;
import dev.ajar.cli.render.FailureText;
import dev.ajar.cli.render.OwnPresetText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.config.PresetFile;
import dev.ajar.document.ExitCode;
import dev.ajar.document.JsonReports;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.NoPort;
import dev.ajar.syntax.OwnPresets;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code ajar presets}: lists the applications whose ports ajar knows and the user's own presets; saves and removes
 * those.
 */
public final class PresetsCommand implements CliCommand {
    private final CliContext context;
    private final ApplicationCatalog applications = new ApplicationCatalog();
    private final PositionalParamSpec words =
            OptionBuilder.words("[show|save|remove] [WORD] [PORT]", Message.of("help.presets.words"));
    private final OptionSpec json = OptionBuilder.json();
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.NOTHING);

    public PresetsCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(json).addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.presets"), Message.of("help.presets.examples"), Message.of("help.presets.end"));
    }

    private Terminal terminal() {
        return context.terminal(quiet, json);
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        return switch (given.isEmpty() ? "" : given.getFirst()) {
            case "save" -> save(given).number();
            case "remove" -> remove(given).number();
            case "show" -> show(given).number();
            // What one types beside save and remove.
            case "list" -> list(given.subList(1, given.size())).number();
            default -> list(given).number();
        };
    }

    private ExitCode save(List<String> given) throws InvalidInputException {
        if (given.size() < 3) {
            throw new InvalidInputException(Message.of("command.preset-save-usage"));
        }
        String name = given.get(1).strip().toLowerCase(Locale.ROOT);
        List<String> ports = given.subList(2, given.size());
        return changed(before -> before.with(given.get(1), ports), after -> {
            List<String> saved = after.ports().getOrDefault(name, List.of());
            return new Change(
                    Map.of(name, saved),
                    Message.of("command.preset-saved", "name", name, "ports", String.join(", ", saved)));
        });
    }

    private ExitCode remove(List<String> given) throws InvalidInputException {
        if (given.size() != 2) {
            throw new InvalidInputException(Message.of("command.preset-remove-usage"));
        }
        String name = given.get(1).strip().toLowerCase(Locale.ROOT);
        Change done = new Change(Map.of(), Message.of("command.preset-removed", "name", name));
        return changed(before -> before.without(given.get(1)), after -> done);
    }

    /**
     * What a change has come to.
     *
     * @param shown what a program is told
     */
    private record Change(Map<String, List<String>> shown, Message done) {}

    private ExitCode changed(PresetFile.Change change, Function<OwnPresets, Change> outcome)
            throws InvalidInputException {
        PresetFile file = file();
        try {
            return switch (file.change(change)) {
                case Result.Ok<OwnPresets>(OwnPresets after) -> told(outcome.apply(after));
                case Result.Err<OwnPresets>(Failure failure) -> failed(failure);
            };
        } catch (IOException e) {
            throw new InvalidInputException(
                    Message.of("command.preset-unwritten", "file", file.path(), "why", ErrorText.reason(e)));
        }
    }

    private ExitCode told(Change change) {
        if (OptionBuilder.isSet(json)) {
            CatalogText.presets(terminal(), List.of(), change.shown(), true);
        } else {
            terminal().say(terminal().text(change.done()));
        }
        return ExitCode.DONE;
    }

    private ExitCode failed(Failure failure) {
        if (OptionBuilder.isSet(json)) {
            terminal().document(JsonReports.failed("presets", failure));
        } else {
            FailureText.print(terminal(), failure);
        }
        return ExitCode.of(failure);
    }

    private PresetFile file() throws InvalidInputException {
        return context.backend()
                .configPlace()
                .map(PresetFile::beside)
                .orElseThrow(() -> new InvalidInputException(Message.of("command.preset-no-place")));
    }

    private ExitCode show(List<String> given) throws InvalidInputException {
        if (given.size() != 2) {
            throw usage();
        }
        String name = given.get(1);
        Map<String, List<String>> own = own().ports();
        String id = name.strip().toLowerCase(Locale.ROOT);
        if (own.containsKey(id)) {
            Map<String, List<String>> one = Map.of(id, own.get(id));
            if (OptionBuilder.isSet(json)) {
                CatalogText.presets(terminal(), List.of(), one, true);
            } else {
                OwnPresetText.one(terminal(), id, own.get(id), file().path());
            }
        } else {
            Application one = applications.find(name).orElseThrow(() -> unknown(name));
            CatalogText.preset(terminal(), one, OptionBuilder.isSet(json));
        }
        return ExitCode.DONE;
    }

    private ExitCode list(List<String> given) throws InvalidInputException {
        if (given.size() > 1) {
            throw usage();
        }
        Optional<Message> withoutPort = given.isEmpty() ? Optional.empty() : NoPort.of(given.getFirst(), applications);
        if (withoutPort.isPresent()) {
            throw new InvalidInputException(withoutPort.get());
        }
        String part = given.isEmpty() ? "" : given.getFirst().toLowerCase(Locale.ROOT);
        List<Application> found = applications.all().stream()
                .filter(one -> names(one)
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part)))
                .toList();
        Map<String, List<String>> own = new TreeMap<>(own().ports());
        own.keySet().removeIf(name -> !name.contains(part));
        if (found.isEmpty() && own.isEmpty()) {
            throw unknown(given.getFirst());
        }
        CatalogText.presets(terminal(), found, own, OptionBuilder.isSet(json));
        return ExitCode.DONE;
    }

    private OwnPresets own() throws InvalidInputException {
        return context.presets().read();
    }

    private static Stream<String> names(Application one) {
        return Stream.concat(one.aliases().stream(), Stream.of(one.id(), one.name(), one.category()));
    }

    private static InvalidInputException usage() {
        return new InvalidInputException(Message.of("command.catalog-usage", "name", "presets"));
    }

    private InvalidInputException unknown(String word) {
        return new InvalidInputException(NoPort.of(word, applications)
                .orElseGet(() -> Message.of("command.no-application", "name", new RouterText(word).display())));
    }
}
