package dev.ajar.cli.command;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CatalogText;
import dev.ajar.cli.render.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar presets}: the applications whose ports are known. */
public final class PresetsCommand extends CatalogCommand<Application> {
    private final ApplicationCatalog catalog = new ApplicationCatalog();

    public PresetsCommand(CliContext context) {
        super(context);
    }

    @Override
    void describe(CommandSpec own) {
        OptionBuilder.describe(
                own,
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
    List<Application> all() {
        return catalog.all();
    }

    @Override
    Optional<Application> find(String name) {
        return catalog.find(name);
    }

    @Override
    List<String> namesOf(Application one) {
        List<String> names = new ArrayList<>(one.aliases());
        names.addAll(List.of(one.id(), one.name(), one.category()));
        return names;
    }

    @Override
    void list(Terminal terminal, List<Application> found, boolean asJson) {
        CatalogText.presets(terminal, found, asJson);
    }

    @Override
    void show(Terminal terminal, Application one, boolean asJson) {
        CatalogText.preset(terminal, one, asJson);
    }

    @Override
    String unknown(String shown) {
        return "no application called "
                + shown
                + " is known; ajar presets lists them. Open its ports by number: ajar open 25565";
    }
}
