package dev.ajar.app;

import dev.ajar.cli.Cli;
import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.reference.ManualPage;
import dev.ajar.cli.reference.Shell;
import dev.ajar.cli.render.Terminal;
import dev.ajar.service.BuildVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes manual pages and completion scripts while the distribution is built, from the grammar of the commands. */
final class ReferenceFiles {
    private ReferenceFiles() {}

    /** {@code ReferenceFiles FOLDER}. */
    public static void main(String[] args) throws IOException {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        Terminal terminal = new Terminal(nowhere, nowhere, false, true);
        List<CommandReference> commands = new Cli(Main.context(Wiring.real(), Map.of(), terminal)).reference();
        List<String> exitCodes = terminal.text("manual.exit-codes").lines().toList();
        Path manuals = Files.createDirectories(Path.of(args[0], "share", "man", "man1"));
        for (CommandReference command : commands) {
            Files.writeString(
                    manuals.resolve(ManualPage.file(command)),
                    ManualPage.of(command, commands, BuildVersion.text(), exitCodes));
        }
        Path scripts = Files.createDirectories(Path.of(args[0], "share", "completions"));
        for (Shell shell : Shell.values()) {
            Files.writeString(scripts.resolve(shell.file()), shell.script(commands));
        }
    }
}
