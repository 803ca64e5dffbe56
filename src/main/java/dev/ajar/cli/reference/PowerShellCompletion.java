package dev.ajar.cli.reference;

import dev.ajar.cli.reference.CommandReference.OptionReference;
import java.util.List;

/**
 * The completion script for PowerShell, of Windows and of other systems. It offers file names itself where the script
 * offers nothing.
 */
final class PowerShellCompletion {
    private PowerShellCompletion() {}

    static String of(List<CommandReference> commands) {
        StringBuilder script = new StringBuilder("""
                # PowerShell completion for ajar; made by "ajar completion powershell".
                Register-ArgumentCompleter -Native -CommandName 'ajar', 'ajar.cmd' -ScriptBlock {
                    param($word, $line, $position)
                    # Of a new Hashtable the keys -v and -V differ, of a literal they do not.
                    $offers = [System.Collections.Hashtable]::new()
                """);
        for (CommandReference command : commands) {
            String key = command.isRoot() ? "" : command.name();
            for (OptionReference option : command.options()) {
                if (option.takesValue()) {
                    option.names().forEach(name -> script.append(offer(key + ":" + name, option.words())));
                }
            }
            script.append(offer(
                    key + ":-*",
                    CompletionValues.of(command.options().stream()
                            .flatMap(option -> option.names().stream())
                            .toList())));
            script.append(offer(
                    key + ":*",
                    command.isRoot()
                            ? CompletionValues.of(commands.stream()
                                    .filter(one -> !one.isRoot())
                                    .map(CommandReference::name)
                                    .toList())
                            : BashCompletion.parameterWords(command)));
        }
        return script.append("""
                    $typed = @($line.CommandElements | Where-Object { $_.Extent.StartOffset -lt $position } |
                        ForEach-Object { $_.Extent.Text })
                    # The word that is being typed is not before itself.
                    $last = if ($word) { $typed.Count - 2 } else { $typed.Count - 1 }
                    $command = if ($last -ge 1) { $typed[1] } else { '' }
                    $key = if ($last -ge 0) { "${command}:$($typed[$last])" } else { '' }
                    if (-not $offers.ContainsKey($key)) { $key = if ($word -like '-*') { "${command}:-*" } else { "${command}:*" } }
                    if (-not $offers.ContainsKey($key)) { return }
                    $known = @($offers[$key][0] -split ' ' | Where-Object { $_ })
                    switch ($offers[$key][1]) {
                        'NOTHING' { }
                        'FILES' { }
                        'PROGRAM' { }
                        'PROTOCOLS' {
                            if ($word -match '^([0-9]+)(/|$)') { $known += 'tcp', 'udp', 'both' | ForEach-Object { "$($Matches[1])/$_" } }
                        }
                        default { $known += @(& ajar completion $_ 2>$null) }
                    }
                    $known | Where-Object { $_.StartsWith("$word") } | ForEach-Object {
                        [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                    }
                }
                """).toString();
    }

    private static String offer(String key, CompletionValues words) {
        String more = words.more().asked().isEmpty()
                ? words.more().name()
                : words.more().asked();
        return "    $offers[" + quoted(key) + "] = " + quoted(words.joined()) + ", " + quoted(more) + "\n";
    }

    /** In single quotes nothing but a quote means anything. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
