package dev.ajar.cli.command;

import dev.ajar.cli.option.OptionBuilder;
import dev.ajar.cli.render.ExitCode;
import dev.ajar.cli.render.Terminal;
import dev.ajar.model.RouterText;
import dev.ajar.syntax.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Lists what ajar knows of one kind, or shows one of it.
 *
 * @param <T> the kind
 */
abstract class CatalogCommand<T> implements CliCommand {
    private final CliContext context;
    private final PositionalParamSpec words =
            OptionBuilder.words("[show] [WORD]", "A part of a name; or show and a whole one.");
    private final OptionSpec json = OptionBuilder.flag("Answer with one JSON document (docs/json.md).", "--json");
    private @Nullable CommandSpec spec;

    public CatalogCommand(CliContext context) {
        this.context = context;
    }

    /** Describes the command. */
    abstract void describe(CommandSpec own);

    abstract List<T> all();

    abstract Optional<T> find(String name);

    /** All it can be found under. */
    abstract List<String> namesOf(T one);

    abstract void list(Terminal terminal, List<T> found, boolean asJson);

    abstract void show(Terminal terminal, T one, boolean asJson);

    /** What to say where nothing is called so. */
    abstract String unknown(String shown);

    @Override
    public final void define(CommandSpec empty) {
        spec = empty;
        empty.addPositional(words).addOption(json);
        describe(empty);
    }

    @Override
    public final Integer call() throws InvalidInputException {
        List<String> given = OptionBuilder.all(words);
        boolean showing = !given.isEmpty() && given.getFirst().equals("show");
        if (given.size() != (showing ? 2 : Math.min(1, given.size()))) {
            String name = spec().name();
            throw new InvalidInputException(
                    "write it like: ajar %s, ajar %s WORD, or ajar %s show NAME".formatted(name, name, name));
        }
        return showing ? show(given.get(1)) : list(given.isEmpty() ? "" : given.getFirst());
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("not defined yet");
        }
        return spec;
    }

    private int show(String name) throws InvalidInputException {
        Optional<T> one = find(name);
        one.ifPresent(found -> show(context.terminal(), found, OptionBuilder.isSet(json)));
        return one.isPresent() ? ExitCode.DONE.number() : nothing(name);
    }

    private int list(String word) throws InvalidInputException {
        String part = word.toLowerCase(Locale.ROOT);
        List<T> found = all().stream()
                .filter(one -> namesOf(one).stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).contains(part)))
                .toList();
        if (found.isEmpty()) {
            return nothing(word);
        }
        list(context.terminal(), found, OptionBuilder.isSet(json));
        return ExitCode.DONE.number();
    }

    private int nothing(String word) throws InvalidInputException {
        throw new InvalidInputException(unknown("\"" + new RouterText(word).display() + "\""));
    }
}
