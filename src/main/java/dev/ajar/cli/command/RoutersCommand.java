package dev.ajar.cli.command;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CatalogText;
import dev.ajar.cli.render.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code ajar routers}: the makes whose pages are known. */
public final class RoutersCommand extends CatalogCommand<RouterGuide> {
    private final GuideCatalog catalog = new GuideCatalog();

    public RoutersCommand(CliContext context) {
        super(context);
    }

    @Override
    void describe(CommandSpec own) {
        OptionBuilder.describe(
                own,
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
    List<RouterGuide> all() {
        return catalog.all();
    }

    @Override
    Optional<RouterGuide> find(String name) {
        return catalog.find(name);
    }

    @Override
    List<String> namesOf(RouterGuide one) {
        List<String> names = new ArrayList<>(one.aliases());
        names.addAll(List.of(one.id(), one.name()));
        return names;
    }

    @Override
    void list(Terminal terminal, List<RouterGuide> found, boolean asJson) {
        CatalogText.routers(terminal, found, asJson);
    }

    @Override
    void show(Terminal terminal, RouterGuide one, boolean asJson) {
        CatalogText.router(terminal, one, asJson);
    }

    @Override
    String unknown(String shown) {
        return "no router called "
                + shown
                + " is known; ajar routers lists them. For any other: ajar guide 25565 --router generic";
    }
}
