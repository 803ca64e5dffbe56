package dev.ajar.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A user at a shell in a terminal of 80 columns on {@code lan1}, by tmux. */
final class Tmux implements AutoCloseable {
    /** The shell shows it when it waits for the next command. */
    private static final String PROMPT = "$";

    private final String socket;
    private int typed;

    /**
     * @param folder for the terminal alone, with the user's state file
     * @param programs where {@code ajar} is
     */
    Tmux(Path folder, Path programs, String language, int columns) throws IOException {
        socket = folder.resolve("tmux").toString();
        Map<String, String> environment = new HashMap<>(Map.of(
                "PATH",
                programs + ":" + System.getenv("PATH"),
                "ENV",
                prompt(folder).toString(),
                "LC_ALL",
                "",
                "LANG",
                "C.UTF-8",
                "AJAR_LANG",
                language,
                "TZ",
                aboutNoon(),
                "HOME",
                folder.toString(),
                "XDG_STATE_HOME",
                folder.resolve("state").toString()));
        environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        List<String> start = Lab.inside(
                "lan1",
                List.of("tmux", "-u", "-S", socket, "-f", "/dev/null", "new-session", "-d", "-s", "user", "-c"));
        Shell.Outcome outcome = Shell.run(
                environment,
                Shell.join(start, folder.toString(), "-x", Integer.toString(columns), "-y", "200", "exec /bin/sh -i"));
        if (outcome.exitCode() != 0) {
            throw new AssertionError("tmux: " + outcome.err());
        }
    }

    /** A zone whose day does not end soon: the end of a lease on the next day is shown with its date. */
    private static String aboutNoon() {
        return "GMT%+d".formatted(12 - ZonedDateTime.now(ZoneOffset.UTC).getHour());
    }

    /** The shell of root has another prompt, whatever the environment says. */
    private static Path prompt(Path folder) throws IOException {
        return Files.writeString(folder.resolve("profile"), "PS1='" + PROMPT + " '\n");
    }

    /** Types a command at a shell that waits for it. */
    void type(String command, Duration most) {
        await(most);
        Shell.run(
                "tmux",
                "-S",
                socket,
                "send-keys",
                "-t",
                "user",
                "-l",
                command,
                ";",
                "send-keys",
                "-t",
                "user",
                "Enter");
        typed++;
    }

    /** Until the shell waits for the next command. */
    void await(Duration most) {
        LabProcess.until(this::waits, most, "the end of a command");
    }

    private boolean waits() {
        List<String> lines = screen().lines().toList();
        return !lines.isEmpty()
                && lines.getLast().equals(PROMPT)
                && lines.stream().filter(line -> line.startsWith(PROMPT)).count() == typed + 1;
    }

    /** What was typed and what came. */
    String transcript() {
        return screen().lines()
                .filter(line -> !line.equals(PROMPT))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private String screen() {
        return Shell.run("tmux", "-S", socket, "capture-pane", "-p", "-t", "user")
                .out()
                .stripTrailing();
    }

    @Override
    public void close() {
        Shell.run("tmux", "-S", socket, "kill-server");
    }
}
