package dev.ajar.cli;

import dev.ajar.cli.output.CatalogText;
import dev.ajar.cli.output.ExitCode;
import dev.ajar.model.RouterText;
import dev.ajar.profile.GuideCatalog;
import dev.ajar.profile.RouterGuide;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code ajar routers}: the makes whose pages are known. */
final class RoutersCommand implements Verb {
    private final Surroundings surroundings;
    private final PositionalParamSpec words =
            Grammar.words("[show] [WORD]", "A part of a name; or show and a whole one.");
    private final OptionSpec json =
            Grammar.flag("Answer with one JSON document (docs/json.md).", "--json");

    RoutersCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(json);
        Grammar.describe(
                empty,
                "List the routers whose pages ajar knows.",
                List.of(
                        "",
                        "Examples:",
                        "  ajar routers                 all of them",
                        "  ajar routers link            those with link in their name",
                        "  ajar routers show NAME       one: how it is recognised, where its menus are",
                        ""),
                List.of("", "For your own, filled in: ajar guide 25565"));
    }

    @Override
    public Integer call() {
        List<String> given = Grammar.all(words);
        GuideCatalog catalog = new GuideCatalog();
        boolean show = given.size() > 1 && given.getFirst().equals("show");
        String word = given.isEmpty() ? "" : given.getLast();
        if (show) {
            Optional<RouterGuide> guide = catalog.find(word);
            guide.ifPresent(
                    found ->
                            CatalogText.router(
                                    surroundings.terminal(), found, Grammar.isSet(json)));
            return guide.isPresent() ? ExitCode.DONE.number() : unknown(word);
        }
        String part = word.toLowerCase(Locale.ROOT);
        List<RouterGuide> found =
                catalog.all().stream()
                        .filter(
                                guide ->
                                        guide.id().contains(part)
                                                || guide.name()
                                                        .toLowerCase(Locale.ROOT)
                                                        .contains(part)
                                                || guide.aliases().stream()
                                                        .anyMatch(alias -> alias.contains(part)))
                        .toList();
        CatalogText.routers(surroundings.terminal(), found, Grammar.isSet(json));
        return found.isEmpty() && !Grammar.isSet(json) ? unknown(word) : ExitCode.DONE.number();
    }

    private int unknown(String word) {
        surroundings
                .terminal()
                .err()
                .println(
                        "ajar: no router called \""
                                + new RouterText(word).display()
                                + "\" is known; ajar routers lists them. For any other: ajar guide PORT --router generic");
        return ExitCode.USAGE.number();
    }
}
