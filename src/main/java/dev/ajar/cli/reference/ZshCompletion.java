package dev.ajar.cli.reference;

import dev.ajar.cli.reference.CommandReference.OptionReference;
import dev.ajar.cli.reference.CommandReference.ParameterReference;
import java.util.List;
import java.util.stream.Collectors;

/** The completion script for zsh, by its {@code _arguments}. */
final class ZshCompletion {
    private ZshCompletion() {}

    static String of(List<CommandReference> commands) {
        StringBuilder script = new StringBuilder("""
                #compdef ajar
                # zsh completion for ajar; made by "ajar completion zsh".
                _ajar_looked() {
                    local -a looked
                    looked=(${(f)"$(ajar completion $1 2>/dev/null)"})
                    compadd -a looked
                }
                _ajar_protocols() {
                    [[ $PREFIX != [0-9]## ]] && [[ $PREFIX != [0-9]##/* ]] ||
                        compadd -- ${PREFIX%%/*}/tcp ${PREFIX%%/*}/udp ${PREFIX%%/*}/both
                }
                _ajar() {
                    setopt localoptions extendedglob
                    local -a commands
                    if (( CURRENT == 2 )); then
                        commands=(
                """);
        for (CommandReference command : commands) {
            if (!command.isRoot()) {
                script.append("            ")
                        .append(Shell.quoted(command.name() + ":" + command.header()))
                        .append('\n');
            }
        }
        script.append("        )\n        _describe command commands\n        return\n    fi\n");
        script.append("    shift words\n    (( CURRENT-- ))\n    case $words[1] in\n");
        for (CommandReference command : commands) {
            if (!command.isRoot()) {
                script.append("        ")
                        .append(command.name())
                        .append(") _arguments -s")
                        .append(command.options().stream()
                                .flatMap(option ->
                                        option.names().stream().map(name -> " \\\n            " + of(option, name)))
                                .collect(Collectors.joining()))
                        .append(command.parameters().stream()
                                .map(parameter -> " \\\n            " + of(parameter))
                                .collect(Collectors.joining()))
                        .append(" ;;\n");
            }
        }
        // Sourced by hand, it registers itself; from $fpath, zsh calls the file as the function.
        return script.append("    esac\n}\n")
                .append("if [ \"$funcstack[1]\" = _ajar ]; then _ajar \"$@\"; else compdef _ajar ajar; fi\n")
                .toString();
    }

    private static String of(OptionReference option, String name) {
        String value = option.takesValue() ? ":" + escaped(option.valueName()) + ":" + action(option.words()) : "";
        return Shell.quoted("*" + name + "[" + escaped(option.description()) + "]" + value);
    }

    private static String of(ParameterReference parameter) {
        String rest = parameter.words().more() == CompletionValues.More.PROGRAM ? "*::" : "*:";
        return Shell.quoted(rest + escaped(parameter.label()) + ":" + action(parameter.words()));
    }

    private static String action(CompletionValues words) {
        return switch (words.more()) {
            case FILES -> "_files";
            case PROTOCOLS -> with(words, "_ajar_protocols");
            case OPEN_PORTS, INTERFACES, ADDRESSES, DEVICES ->
                with(words, "_ajar_looked " + words.more().asked());
            case PROGRAM -> "_normal";
            case NOTHING -> words.known().isEmpty() ? " " : "(" + words.joined() + ")";
        };
    }

    private static String with(CompletionValues words, String looked) {
        return "{" + (words.known().isEmpty() ? "" : "compadd -- " + words.joined() + "; ") + looked + "}";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("]", "\\]")
                .replace(":", "\\:");
    }
}
