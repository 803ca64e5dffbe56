package dev.ajar.cli;

import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.PortSelection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, as a sentence of ours: picocli's own exist in English only. */
final class UsageProblem {
    private UsageProblem() {}

    static Message of(ParameterException problem) {
        if (problem.getCause() instanceof InvalidInputException invalid) {
            return invalid.sentence();
        }
        return switch (problem) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing.getMissing());
            case OverwrittenOptionException twice
            when twice.getOverwritten() instanceof OptionSpec option ->
                Message.of("cli.option-twice", "option", option.longestName());
            default -> wrong(problem);
        };
    }

    private static Message unmatched(UnmatchedArgumentException unmatched) {
        String typed = unmatched.getUnmatched().getFirst();
        List<String> near = unmatched.getSuggestions();
        if (typed.equals("--udp") || typed.equals("--tcp")) {
            return Message.of("cli.protocol-behind-port", "option", typed);
        }
        if (unmatched.isUnknownOption()) {
            return near.isEmpty()
                    ? Message.of("cli.no-option", "option", typed)
                    : Message.of("cli.no-option-but", "option", typed, "near", near.getFirst());
        }
        if (unmatched.getCommandLine().getParent() == null) {
            if (PortSelection.opens(typed)) {
                return Message.of("cli.no-command-but", "command", typed, "near", "open " + typed);
            }
            return near.isEmpty()
                    ? Message.of("cli.no-command", "command", typed)
                    : Message.of("cli.no-command-but", "command", typed, "near", near.getFirst());
        }
        return Message.of("cli.too-much", "words", String.join(" ", unmatched.getUnmatched()));
    }

    private static Message missing(List<ArgSpec> missing) {
        if (missing.size() == 1 && missing.getFirst() instanceof OptionSpec option && !option.required()) {
            return Message.of("cli.no-value", "option", option.longestName(), "value", option.paramLabel());
        }
        return Message.of(
                "cli.missing", "what", missing.stream().map(UsageProblem::name).collect(Collectors.joining(", ")));
    }

    private static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static Message wrong(ParameterException problem) {
        if (problem.getArgSpec() instanceof OptionSpec option) {
            String value = problem.getValue();
            boolean flag = option.arity().max() == 0 || option.type() == boolean.class;
            return flag
                    ? Message.of("cli.takes-no-value", "option", option.longestName())
                    : Message.of(
                            "cli.wrong-value", "option", option.longestName(), "value", value == null ? "" : value);
        }
        return Message.verbatim(String.valueOf(problem.getMessage()));
    }
}
