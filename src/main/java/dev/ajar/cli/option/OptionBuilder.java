package dev.ajar.cli.option;

import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Builds the options and parameters of a command in code. picocli's annotations would be prettier, but reading them by
 * reflection costs every start some 50 ms, a quarter of the whole of {@code ajar open} (docs/decisions/0006).
 * Descriptions are keys of messages until help is shown ({@code cli.HelpTexts}), so that no other start reads the
 * texts.
 */
public final class OptionBuilder {
    private OptionBuilder() {}

    public static OptionSpec text(String name, String valueName, Message description) {
        return OptionSpec.builder(name)
                .paramLabel(valueName)
                .type(String.class)
                .description(description.key())
                .build();
    }

    /** An option that takes one word or more. */
    public static OptionSpec texts(String name, String valueName, Message description) {
        return texts(name, "1..*", valueName, description);
    }

    /**
     * An option that can be given several times.
     *
     * @param arity how many words it takes each time
     */
    public static OptionSpec texts(String name, String arity, String valueName, Message description) {
        return OptionSpec.builder(name)
                .paramLabel(valueName)
                .arity(arity)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description.key())
                .build();
    }

    /** Any number of words. */
    public static PositionalParamSpec words(String valueName, Message description) {
        return PositionalParamSpec.builder()
                .paramLabel(valueName)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description.key())
                .build();
    }

    public static OptionSpec flag(Message description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .defaultValue("false")
                .description(description.key())
                .build();
    }

    /** Dangerous ports need explicit confirmation. */
    public static OptionSpec exposed() {
        return texts("--yes-expose", "1", "NAME", Message.of("help.option.yes-expose"));
    }

    public static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description(Message.of("help.option.help").key())
                .build();
    }

    /** {@code --lang}, which is read before the grammar ({@code cli.LanguageOption}); here it has its help. */
    public static OptionSpec language() {
        return text("--lang", "CODE", Message.of("help.option.lang"));
    }

    public static PositionalParamSpec ports(Message description) {
        return PositionalParamSpec.builder()
                .paramLabel("PORT")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description.key())
                .build();
    }

    /** What the help says of the command: above its options what it does, then examples; below them the end. */
    public static void describe(CommandSpec spec, Message header, Message examples, Message end) {
        spec.usageMessage().header(header.key()).description(examples.key()).footer(end.key());
    }

    /** {@code --json}. */
    public static OptionSpec json() {
        return flag(Message.of("help.option.json"), "--json");
    }

    /** {@code -q}, which every command has. */
    public static OptionSpec quiet(Quiet left) {
        return flag(left.description(), "-q", "--quiet");
    }

    public static boolean isSet(OptionSpec flag) {
        Boolean value = flag.getValue();
        return value != null && value;
    }

    /** The value the user gave; null if the user gave none. */
    public static @Nullable String given(ArgSpec option) {
        return option.getValue();
    }

    public static List<String> all(ArgSpec parameters) {
        List<String> values = parameters.getValue();
        return values == null ? List.of() : values;
    }

    /** Makes a value of what the user typed. */
    @FunctionalInterface
    public interface ValueParser<T> {
        T parse(String text) throws InvalidInputException;
    }

    /** The parsed value; empty if the user gave none. */
    public static <T> Optional<T> value(ArgSpec option, ValueParser<T> parser) throws InvalidInputException {
        String text = given(option);
        return text == null ? Optional.empty() : Optional.of(parser.parse(text));
    }
}
