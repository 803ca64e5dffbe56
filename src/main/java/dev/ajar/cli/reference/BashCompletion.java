package dev.ajar.cli.reference;

import dev.ajar.cli.reference.CommandReference.OptionReference;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The completion script for bash: a function without other programs, so that it also works without bash-completion. */
final class BashCompletion {
    private BashCompletion() {}

    static String of(List<CommandReference> commands) {
        String names = commands.stream()
                .filter(command -> !command.isRoot())
                .map(CommandReference::name)
                .collect(Collectors.joining(" "));
        StringBuilder script = new StringBuilder();
        script.append("""
                # bash completion for ajar; made by "ajar completion bash".
                _ajar_offer() {
                    local known=$1 more=$2
                    case $more in
                        NOTHING) ;;
                        PROTOCOLS)
                            case $word in [0-9]*) known="$known ${word%%/*}/tcp ${word%%/*}/udp ${word%%/*}/both" ;; esac ;;
                        FILES) COMPREPLY=($(compgen -f -- "$word")); compopt -o filenames 2>/dev/null; return ;;
                        PROGRAM) COMPREPLY=($(compgen -c -f -- "$word")); return ;;
                        *) known="$known $(ajar completion "$more" 2>/dev/null)" ;;
                    esac
                    COMPREPLY=($(compgen -W "$known" -- "$word"))
                }
                _ajar() {
                    local IFS=$' \\t\\n' word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=
                    COMPREPLY=()
                    [ "$COMP_CWORD" -gt 1 ] && command=${COMP_WORDS[1]}
                    case $command:$before in
                """);
        for (CommandReference command : commands) {
            for (OptionReference option : command.options()) {
                if (option.takesValue()) {
                    script.append("        ")
                            .append(option.names().stream()
                                    .map(name -> key(command) + ":" + name)
                                    .collect(Collectors.joining("|")))
                            .append(") ")
                            .append(offer(option.words()))
                            .append("; return ;;\n");
                }
            }
        }
        script.append("    esac\n    case $command:$word in\n");
        for (CommandReference command : commands) {
            String options = command.options().stream()
                    .flatMap(option -> option.names().stream())
                    .collect(Collectors.joining(" "));
            script.append("        ")
                    .append(key(command))
                    .append(":-*) ")
                    .append(offer(CompletionValues.of(options.isEmpty() ? List.of() : List.of(options.split(" ")))))
                    .append(" ;;\n        ")
                    .append(key(command))
                    .append(":*) ")
                    .append(
                            command.isRoot()
                                    ? offer(CompletionValues.of(names.split(" ")))
                                    : offer(parameterWords(command)))
                    .append(" ;;\n");
        }
        return script.append("    esac\n}\ncomplete -F _ajar ajar\n").toString();
    }

    private static String key(CommandReference command) {
        return command.isRoot() ? "" : command.name();
    }

    static CompletionValues parameterWords(CommandReference command) {
        return Stream.concat(
                        command.parameters().stream().map(CommandReference.ParameterReference::words),
                        Stream.of(CompletionValues.NONE))
                .findFirst()
                .orElseThrow();
    }

    private static String offer(CompletionValues words) {
        return "_ajar_offer " + Shell.quoted(words.joined()) + " "
                + (words.more().asked().isEmpty() ? words.more() : words.more().asked());
    }
}
