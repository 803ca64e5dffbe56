package dev.ajar.cli;

import dev.ajar.cli.output.CatalogText;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.model.RouterText;
import dev.ajar.profile.Application;
import dev.ajar.profile.ApplicationCatalog;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ajar presets}: the applications whose ports are known. */
final class PresetsCommand implements Verb {
    private final Surroundings surroundings;
    private final PositionalParamSpec words =
            Grammar.words("[show] [WORD]", "A part of a name; or show and a whole one.");
    private final OptionSpec json =
            Grammar.flag("Answer with one JSON document (docs/json.md).", "--json");

    PresetsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(json);
        Grammar.describe(
                empty,
                "List the games, cameras and servers whose ports ajar knows.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar presets                  all of them",
                        "  ajar presets craft            those with craft in their name",
                        "  ajar presets show minecraft   one: its ports, and what to keep closed",
                        ""),
                List.of("", "Open one: ajar open minecraft"));
    }

    @Override
    public Integer call() {
        List<String> given = Grammar.all(words);
        ApplicationCatalog catalog = new ApplicationCatalog();
        boolean show = given.size() > 1 && given.getFirst().equals("show");
        String word = given.isEmpty() ? "" : given.getLast();
        if (show) {
            Optional<Application> application = catalog.find(word);
            application.ifPresent(
                    found ->
                            CatalogText.preset(
                                    surroundings.terminal(), found, Grammar.isSet(json)));
            return application.isPresent() ? ExitCode.DONE.number() : unknown(word);
        }
        String part = word.toLowerCase(Locale.ROOT);
        List<Application> found =
                catalog.all().stream()
                        .filter(
                                application ->
                                        application.id().contains(part)
                                                || application
                                                        .name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .contains(part)
                                                || application.category().contains(part)
                                                || application.aliases().stream()
                                                        .anyMatch(alias -> alias.contains(part)))
                        .toList();
        CatalogText.presets(surroundings.terminal(), found, Grammar.isSet(json));
        return found.isEmpty() && !Grammar.isSet(json) ? unknown(word) : ExitCode.DONE.number();
    }

    private int unknown(String word) {
        surroundings
                .terminal()
                .err()
                .println(
                        "ajar: no application called \""
                                + new RouterText(word).display()
                                + "\" is known; ajar presets lists them. Open its ports by number: ajar open 25565");
        return ExitCode.USAGE.number();
    }
}
