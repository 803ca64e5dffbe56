package dev.ajar.cli.reference;

import dev.ajar.cli.reference.CommandReference.OptionReference;
import dev.ajar.cli.reference.CommandReference.ParameterReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A manual page in the language of man(7). */
public final class ManualPage {
    private final List<String> lines = new ArrayList<>();

    private ManualPage() {}

    /** {@code ajar-open.1} */
    public static String file(CommandReference command) {
        return command.page() + ".1";
    }

    /**
     * The page of one command.
     *
     * @param all all commands, the root first
     * @param version ajar's
     * @param exitCodes of the page of {@code ajar} itself: lines of a number, a blank and its meaning
     */
    public static String of(
            CommandReference command, List<CommandReference> all, String version, List<String> exitCodes) {
        return new ManualPage().page(command, all, version, exitCodes);
    }

    private String page(CommandReference command, List<CommandReference> all, String version, List<String> exitCodes) {
        lines.add(".TH " + escaped(command.page()).toUpperCase(java.util.Locale.ROOT) + " 1 \"\" \"ajar " + version
                + "\" \"ajar\"");
        section("NAME");
        lines.add(escaped(command.page()) + " \\- " + escaped(withoutFullStop(command.header())));
        section("SYNOPSIS");
        lines.add(synopsis(command));
        section("EXAMPLES");
        block(command.examples());
        if (command.isRoot()) {
            section("COMMANDS");
            all.stream().filter(one -> !one.isRoot()).forEach(one -> item(bold(one.name()), one.header()));
        }
        section("OPTIONS");
        for (ParameterReference parameter : command.parameters()) {
            item(italic(parameter.label()), parameter.description());
        }
        for (OptionReference option : command.options()) {
            item(
                    option.names().stream().map(ManualPage::bold).collect(Collectors.joining(", "))
                            + (option.takesValue() ? " " + italic(option.valueName()) : ""),
                    option.description());
        }
        section("NOTES");
        block(command.end());
        section("EXIT STATUS");
        if (command.isRoot()) {
            for (String line : exitCodes) {
                int blank = line.indexOf(' ');
                item(bold(line.substring(0, blank)), line.substring(blank + 1));
            }
        } else {
            lines.add("See " + bold("ajar") + "(1).");
        }
        section("SEE ALSO");
        lines.add(all.stream()
                .filter(one -> command.isRoot() != one.isRoot())
                .map(one -> bold(one.page()) + "(1)")
                .collect(Collectors.joining(", ")));
        return String.join("\n", lines) + "\n";
    }

    private static String synopsis(CommandReference command) {
        if (command.isRoot()) {
            return bold("ajar") + " " + italic("COMMAND") + " [" + italic("OPTIONS") + "] [" + italic("ARGUMENTS")
                    + "]";
        }
        String parameters = command.parameters().stream()
                .map(parameter -> " " + italic(parameter.label()))
                .collect(Collectors.joining());
        return bold("ajar " + command.name()) + " [" + italic("OPTIONS") + "]" + parameters;
    }

    private void section(String name) {
        lines.add(".SH " + name);
    }

    /** Lines as they are: examples must not run together. */
    private void block(List<String> text) {
        lines.add(".nf");
        text.forEach(line -> lines.add(atStart(escaped(line.strip().isEmpty() ? "" : line))));
        lines.add(".fi");
    }

    private void item(String heading, String text) {
        lines.add(".TP");
        lines.add(heading);
        lines.add(atStart(escaped(text)));
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    private static String italic(String text) {
        return "\\fI" + escaped(text) + "\\fR";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }

    /** A full stop or an apostrophe at the start of a line would be a command. */
    private static String atStart(String line) {
        return line.startsWith(".") || line.startsWith("'") ? "\\&" + line : line;
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
