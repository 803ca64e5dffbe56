package dev.ajar.cli;

import dev.ajar.message.Message;
import dev.ajar.syntax.InvalidInputException;
import dev.ajar.syntax.NearWord;
import dev.ajar.syntax.PortSelection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, as a sentence of ours: picocli's own exist in English only. */
final class UsageProblem {
    private static final Set<String> PROTOCOLS = Set.of("--udp", "--tcp", "--both", "--protocol", "--proto", "-u");
    private static final Set<String> PORTS = Set.of("--port", "--ports", "-p");

    /** The commands that look at the ports of this machine alone. */
    private static final Set<String> LOOKS_HERE = Set.of("check", "doctor");

    private static final Map<String, String> SERVICE =
            Map.of("start", "service install", "stop", "service remove", "status", "service status");

    private UsageProblem() {}

    static Message of(ParameterException problem) {
        if (problem.getCause() instanceof InvalidInputException invalid) {
            return invalid.sentence();
        }
        return switch (problem) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing -> missing(missing);
            case OverwrittenOptionException twice
            when twice.getOverwritten() instanceof OptionSpec option ->
                Message.of("cli.option-twice", "option", option.longestName());
            default -> wrong(problem);
        };
    }

    /** picocli's own suggestions compare pairs of letters, and find kubernetes for delete. */
    private static Message unmatched(UnmatchedArgumentException unmatched) {
        String typed = unmatched.getUnmatched().getFirst();
        CommandSpec command = unmatched.getCommandLine().getCommandSpec();
        if (unmatched.isUnknownOption()) {
            return beforeItsCommand(typed, unmatched).orElseGet(() -> unknownOption(typed, command));
        }
        if (command.parent() == null) {
            Optional<String> near = PortSelection.opens(typed)
                    ? Optional.of("open " + typed)
                    : OtherWords.command(typed.toLowerCase(Locale.ROOT))
                            .or(() -> NearWord.of(typed, command.subcommands().keySet()));
            return near.map(one -> Message.of("cli.no-command-but", "command", typed, "near", one))
                    .orElse(Message.of("cli.no-command", "command", typed));
        }
        String words = String.join(" ", unmatched.getUnmatched());
        return insteadOf(command.name(), typed)
                .map(near -> Message.of("cli.too-much-but", "words", words, "near", near))
                .orElse(Message.of("cli.too-much", "words", words));
    }

    /** The command that does something with the word, where this one does nothing. */
    private static Optional<String> insteadOf(String command, String word) {
        Optional<String> service = Optional.ofNullable(SERVICE.get(word)).filter(verb -> command.equals("daemon"));
        return service.isPresent() || !PortSelection.opens(word)
                ? service
                : Optional.of(
                        switch (command) {
                            case "renew" -> "extend " + word + " --for 2h";
                            case "daemon", "web" -> "open " + word;
                            default -> "check " + word;
                        });
    }

    /** {@code ajar -q open 25565}: an option of the command behind it. */
    private static Optional<Message> beforeItsCommand(String written, UnmatchedArgumentException unmatched) {
        String typed = written.replaceFirst("=.*", "");
        return Optional.ofNullable(unmatched.getCommandLine().getParseResult())
                .filter(ParseResult::hasSubcommand)
                .map(result -> result.subcommand().commandSpec())
                .filter(command -> command.findOption(typed) != null)
                .map(command -> Message.of(
                        "cli.no-option-but", "option", typed, "near", "ajar " + command.name() + " " + typed));
    }

    private static Message unknownOption(String written, CommandSpec command) {
        String typed = written.replaceFirst("=.*", "");
        if (command.parent() == null && OtherWords.commandOfOption(typed).isPresent()) {
            String near = "ajar " + OtherWords.commandOfOption(typed).get();
            return Message.of("cli.no-option-but", "option", typed, "near", near);
        }
        boolean hasPorts = command.positionalParameters().stream()
                .anyMatch(words -> words.paramLabel().startsWith("PORT"));
        if (PROTOCOLS.contains(typed) && hasPorts) {
            return Message.of("cli.protocol-behind-port", "option", typed);
        }
        if (PORTS.contains(typed) && hasPorts) {
            return Message.of("cli.port-alone", "option", typed);
        }
        if (OtherWords.option(typed).orElse(typed).equals("--to") && LOOKS_HERE.contains(command.name())) {
            return Message.of("cli.looks-here", "command", command.name());
        }
        return OtherWords.option(typed)
                .filter(other -> command.findOption(other.replaceFirst(" .*", "")) != null)
                .or(() -> NearWord.of(typed, command.optionsMap().keySet()))
                .map(near -> Message.of("cli.no-option-but", "option", typed, "near", near))
                .orElse(Message.of("cli.no-option", "option", typed));
    }

    /** What is missing may be the value of an option that does not exist: {@code --port=25565}. */
    private static Message missing(MissingParameterException problem) {
        CommandSpec command = problem.getCommandLine().getCommandSpec();
        return problem.getCommandLine().getUnmatchedArguments().stream()
                .filter(word -> word.startsWith("-"))
                .findFirst()
                .map(option -> unknownOption(option, command))
                .orElseGet(() -> missing(problem.getMissing()));
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
