package dev.ajar.cli.reference;

import dev.ajar.cli.reference.CommandReference.OptionReference;
import java.util.List;

/** The completion script for fish, which shows the descriptions too. */
final class FishCompletion {
    private FishCompletion() {}

    static String of(List<CommandReference> commands) {
        StringBuilder script = new StringBuilder("""
                # fish completion for ajar; made by "ajar completion fish".
                function __ajar_protocols
                    set -l port (string match -r '^[0-9]+' -- (commandline -ct))
                    or return
                    for protocol in tcp udp both
                        echo $port/$protocol
                    end
                end
                complete -c ajar -f
                """);
        for (CommandReference command : commands) {
            String when = command.isRoot() ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + command.name();
            String line = "complete -c ajar -n " + quoted(when);
            if (!command.isRoot()) {
                script.append("complete -c ajar -n __fish_use_subcommand -a ")
                        .append(command.name())
                        .append(" -d ")
                        .append(quoted(command.header()))
                        .append('\n');
            }
            for (OptionReference option : command.options()) {
                script.append(line);
                for (String name : option.names()) {
                    script.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^--?", ""));
                }
                if (option.takesValue()) {
                    script.append(option.words().more() == CompletionValues.More.FILES ? " -rF" : " -x")
                            .append(arguments(option.words()));
                }
                script.append(" -d ").append(quoted(option.description())).append('\n');
            }
            CompletionValues words = BashCompletion.parameterWords(command);
            if (!words.equals(CompletionValues.NONE)) {
                script.append(line)
                        .append(words.more() == CompletionValues.More.FILES ? " -F" : "")
                        .append(arguments(words))
                        .append('\n');
            }
        }
        return script.toString();
    }

    private static String arguments(CompletionValues words) {
        String looked = switch (words.more()) {
            case NOTHING, FILES -> "";
            case PROTOCOLS -> "(__ajar_protocols)";
            case OPEN_PORTS, INTERFACES, ADDRESSES, DEVICES ->
                "(ajar completion " + words.more().asked() + " 2>/dev/null)";
            case PROGRAM -> "(__fish_complete_subcommand)";
        };
        String all = (words.joined() + " " + looked).strip();
        return all.isEmpty() ? "" : " -a " + quoted(all);
    }

    /** fish has backslashes in single quotes. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
