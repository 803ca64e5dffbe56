package dev.ajar.cli.command;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.CatalogText;
import dev.ajar.cli.render.Terminal;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Lists the entries of a catalog, or shows one: {@code ajar presets} the applications, {@code ajar routers} the makes of
 * routers.
 *
 * @param <T> the type of an entry
 */
public final class CatalogCommand<T> implements CliCommand {
    private final CliContext context;
    private final Catalog<T> catalog;
    private final PositionalParamSpec words = OptionBuilder.words("[show] [WORD]", Message.of("help.option.words"));
    private final OptionSpec json = OptionBuilder.json();

    private CatalogCommand(CliContext context, Catalog<T> catalog) {
        this.context = context;
        this.catalog = catalog;
    }

    /**
     * What is listed, and how.
     *
     * @param names all an entry can be found under
     * @param unknown the sentence for a name that is not in the catalog
     */
    private record Catalog<T>(
            String command,
            Message help,
            Message examples,
            Message end,
            List<T> all,
            Function<String, Optional<T>> find,
            Function<T, Stream<String>> names,
            Printer<List<T>> list,
            Printer<T> show,
            Function<String, Message> unknown) {}

    @FunctionalInterface
    private interface Printer<P> {
        void print(Terminal terminal, P what, boolean asJson);
    }

    public static CliCommand presets(CliContext context) {
        ApplicationCatalog applications = new ApplicationCatalog();
        return new CatalogCommand<>(
                context,
                new Catalog<Application>(
                        "presets",
                        Message.of("help.presets"),
                        Message.of("help.presets.examples"),
                        Message.of("help.presets.end"),
                        applications.all(),
                        applications::find,
                        one -> Stream.concat(one.aliases().stream(), Stream.of(one.id(), one.name(), one.category())),
                        CatalogText::presets,
                        CatalogText::preset,
                        name -> Message.of("command.no-application", "name", name)));
    }

    public static CliCommand routers(CliContext context) {
        GuideCatalog guides = new GuideCatalog();
        return new CatalogCommand<>(
                context,
                new Catalog<RouterGuide>(
                        "routers",
                        Message.of("help.routers"),
                        Message.of("help.routers.examples"),
                        Message.of("help.routers.end"),
                        guides.all(),
                        guides::find,
                        one -> Stream.concat(one.aliases().stream(), Stream.of(one.id(), one.name())),
                        CatalogText::routers,
                        CatalogText::router,
                        name -> Message.of("command.no-router", "name", name)));
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(json);
        OptionBuilder.describe(empty, catalog.help(), catalog.examples(), catalog.end());
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        boolean showing = !given.isEmpty() && given.getFirst().equals("show");
        if (given.size() != (showing ? 2 : Math.min(1, given.size()))) {
            throw new InvalidInputException(Message.of("command.catalog-usage", "name", catalog.command()));
        }
        boolean asJson = OptionBuilder.isSet(json);
        if (showing) {
            String name = given.get(1);
            T one = catalog.find().apply(name).orElseThrow(() -> unknown(name));
            catalog.show().print(context.terminal(), one, asJson);
        } else {
            catalog.list().print(context.terminal(), found(given.isEmpty() ? "" : given.getFirst()), asJson);
        }
        return ExitCode.DONE.number();
    }

    private List<T> found(String word) throws InvalidInputException {
        String part = word.toLowerCase(Locale.ROOT);
        List<T> found = catalog.all().stream()
                .filter(one -> catalog.names()
                        .apply(one)
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part)))
                .toList();
        if (found.isEmpty()) {
            throw unknown(word);
        }
        return found;
    }

    private InvalidInputException unknown(String word) {
        return new InvalidInputException(catalog.unknown().apply(new RouterText(word).display()));
    }
}
