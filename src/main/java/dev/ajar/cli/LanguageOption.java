package dev.ajar.cli;

import dev.ajar.message.Language;
import dev.ajar.message.Message;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * {@code --lang CODE}, with any command and before it. It is read before the command line is understood, so that an
 * error in the command line is told in that language too.
 */
public final class LanguageOption {
    static final String NAME = "--lang";

    private static final String WITH_VALUE = NAME + "=";
    private static final String END_OF_OPTIONS = "--";

    /** Options of {@code ajar run} that no word belongs to. */
    private static final List<String> FLAGS =
            List.of("--require", "--keep", "--verbose", "-v", "--ipv4", "--ipv6", "--help", "-h");

    private LanguageOption() {}

    /**
     * What the user gave; empty if nothing, and then perhaps the option without its value, which the grammar refuses.
     */
    public static Optional<String> given(String... args) {
        boolean run = List.of(withoutLeading(args)).indexOf("run") == 0;
        boolean command = false;
        for (int i = 0; i < args.length && !args[i].equals(END_OF_OPTIONS); i++) {
            if (args[i].startsWith(WITH_VALUE)) {
                return Optional.of(args[i].substring(WITH_VALUE.length()));
            }
            if (args[i].equals(NAME)) {
                return i + 1 < args.length ? Optional.of(args[i + 1]) : Optional.empty();
            }
            if (run && isProgram(args, i)) {
                if (command) {
                    return Optional.empty();
                }
                command = true;
            }
        }
        return Optional.empty();
    }

    /**
     * Whether the word is no option and belongs to none: "run" itself, and then the program, whose words are its own.
     */
    private static boolean isProgram(String[] args, int at) {
        String before = at == 0 ? "" : args[at - 1];
        boolean value = before.startsWith("-") && !before.contains("=") && !FLAGS.contains(before);
        return !args[at].startsWith("-") && !value;
    }

    /** The arguments from the command on. */
    public static String[] withoutLeading(String... args) {
        if (args.length > 0 && args[0].startsWith(WITH_VALUE)) {
            return Arrays.copyOfRange(args, 1, args.length);
        }
        return args.length > 1 && args[0].equals(NAME) ? Arrays.copyOfRange(args, 2, args.length) : args;
    }

    /** Why the language that the user gave is no language of ajar. */
    static Optional<Message> problem(String... args) {
        return given(args)
                .filter(code -> !code.startsWith("en"))
                .filter(code -> Language.of(code).isEmpty())
                .map(code -> Message.of("cli.no-language", "language", code, "languages", Language.codes()));
    }
}
