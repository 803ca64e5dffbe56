package dev.ajar.cli.command;

import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.cli.context.CliCommand;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.option.Quiet;
import dev.ajar.cli.render.CatalogText;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code ajar routers}: lists the makes of routers whose pages ajar knows, or shows one. */
public final class RoutersCommand implements CliCommand {
    private final CliContext context;
    private final GuideCatalog guides = new GuideCatalog();
    private final PositionalParamSpec words = OptionBuilder.words("[show] [WORD]", Message.of("help.option.words"));
    private final OptionSpec json = OptionBuilder.json();
    private final OptionSpec quiet = OptionBuilder.quiet(Quiet.NOTHING);

    public RoutersCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void define(CommandSpec empty) {
        empty.addPositional(words).addOption(json).addOption(quiet);
        OptionBuilder.describe(
                empty, Message.of("help.routers"), Message.of("help.routers.examples"), Message.of("help.routers.end"));
    }

    @Override
    public Integer call() throws InvalidInputException {
        List<String> typed = OptionBuilder.all(words);
        List<String> given =
                !typed.isEmpty() && typed.getFirst().equals("list") ? typed.subList(1, typed.size()) : typed;
        boolean showing = !given.isEmpty() && given.getFirst().equals("show");
        if (given.size() != (showing ? 2 : Math.min(1, given.size()))) {
            throw new InvalidInputException(Message.of("command.catalog-usage", "name", "routers"));
        }
        boolean asJson = OptionBuilder.isSet(json);
        if (showing) {
            String name = given.get(1);
            RouterGuide one = guides.find(name).orElseThrow(() -> unknown(name));
            CatalogText.router(context.terminal(quiet, json), one, asJson);
        } else {
            CatalogText.routers(context.terminal(quiet, json), found(given.isEmpty() ? "" : given.getFirst()), asJson);
        }
        return ExitCode.DONE.number();
    }

    private List<RouterGuide> found(String word) throws InvalidInputException {
        String part = word.toLowerCase(Locale.ROOT);
        List<RouterGuide> found = guides.all().stream()
                .filter(one -> Stream.concat(one.aliases().stream(), Stream.of(one.id(), one.name()))
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part)))
                .toList();
        if (found.isEmpty()) {
            throw unknown(word);
        }
        return found;
    }

    private static InvalidInputException unknown(String word) {
        return new InvalidInputException(Message.of("command.no-router", "name", new RouterText(word).display()));
    }
}
