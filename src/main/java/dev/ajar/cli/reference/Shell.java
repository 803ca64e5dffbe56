package dev.ajar.cli.reference;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The shells for which there is a completion script. */
public enum Shell {
    BASH("ajar"),
    ZSH("_ajar"),
    FISH("ajar.fish"),
    POWERSHELL("ajar.ps1");

    private final String file;

    Shell(String file) {
        this.file = file;
    }

    /** {@code bash} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name under which the shell looks for the script. */
    public String file() {
        return file;
    }

    /** @param commands the root first */
    public String script(List<CommandReference> commands) {
        return switch (this) {
            case BASH -> BashCompletion.of(commands);
            case ZSH -> ZshCompletion.of(commands);
            case FISH -> FishCompletion.of(commands);
            case POWERSHELL -> PowerShellCompletion.of(commands);
        };
    }

    public static Optional<Shell> of(String word) {
        return Stream.of(values()).filter(shell -> shell.word().equals(word)).findFirst();
    }

    /** In single quotes, for bash and zsh. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
