package dev.ajar.cli.option;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Builds the pieces of a command's grammar in code. picocli's annotations would be prettier, but reading them by
 * reflection costs every start some 50 ms, a quarter of the whole of {@code ajar open} (docs/decisions/0006).
 */
public final class OptionBuilder {
    private OptionBuilder() {}

    public static OptionSpec text(String name, String valueName, String description) {
        return OptionSpec.builder(name)
                .paramLabel(valueName)
                .type(String.class)
                .description(description)
                .build();
    }

    /** An option that takes one word or more. */
    public static OptionSpec texts(String name, String valueName, String description) {
        return texts(name, "1..*", valueName, description);
    }

    /**
     * An option that can be given several times.
     *
     * @param arity how many words it takes each time
     */
    public static OptionSpec texts(String name, String arity, String valueName, String description) {
        return OptionSpec.builder(name)
                .paramLabel(valueName)
                .arity(arity)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** Any number of words. */
    public static PositionalParamSpec words(String valueName, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(valueName)
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .defaultValue("false")
                .description(description)
                .build();
    }

    /** What is dangerous has to be meant. */
    public static OptionSpec exposed() {
        return texts("--yes-expose", "1", "NAME", "Open what is dangerous to open, because you are sure.");
    }

    public static OptionSpec help() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    public static PositionalParamSpec ports(String description) {
        return PositionalParamSpec.builder()
                .paramLabel("PORT")
                .arity("1..*")
                .required(true)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** The text above the options: what it is for, then examples. */
    public static void describe(CommandSpec spec, String header, List<String> examples, List<String> footer) {
        spec.usageMessage()
                .header(header)
                .description(examples.toArray(String[]::new))
                .footer(footer.toArray(String[]::new));
    }

    public static boolean isSet(OptionSpec flag) {
        Boolean value = flag.getValue();
        return value != null && value;
    }

    /** What was given; null where nothing was. */
    public static @Nullable String given(ArgSpec option) {
        return option.getValue();
    }

    public static List<String> all(ArgSpec parameters) {
        List<String> values = parameters.getValue();
        return values == null ? List.of() : values;
    }
}
