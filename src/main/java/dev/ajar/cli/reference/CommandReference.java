package dev.ajar.cli.reference;

import java.util.List;

/**
 * A command, with its texts filled in.
 *
 * @param name {@code open}; {@code ajar} itself is the first of a list
 * @param header what it does, in a sentence
 * @param examples lines, their columns kept
 * @param end lines below the options
 * @param options in the order of the help
 * @param parameters what may stand behind the options
 */
public record CommandReference(
        String name,
        String header,
        List<String> examples,
        List<String> end,
        List<OptionReference> options,
        List<ParameterReference> parameters) {
    /** The name of {@code ajar} itself. */
    public static final String ROOT = "ajar";

    public CommandReference {
        examples = List.copyOf(examples);
        end = List.copyOf(end);
        options = List.copyOf(options);
        parameters = List.copyOf(parameters);
    }

    public boolean isRoot() {
        return name.equals(ROOT);
    }

    /** {@code ajar-open}: the name of its manual page. */
    String page() {
        return isRoot() ? ROOT : ROOT + "-" + name;
    }

    /**
     * An option.
     *
     * @param names {@code -h}, {@code --help}
     * @param valueName {@code TIME}; empty for an option that takes no value
     * @param words how a value can be completed
     */
    public record OptionReference(List<String> names, String valueName, String description, CompletionValues words) {
        public OptionReference {
            names = List.copyOf(names);
        }

        boolean takesValue() {
            return !valueName.isEmpty();
        }
    }

    /**
     * What may stand behind the options.
     *
     * @param label {@code PORT...}
     * @param words how it can be completed
     */
    public record ParameterReference(String label, String description, CompletionValues words) {}
}
