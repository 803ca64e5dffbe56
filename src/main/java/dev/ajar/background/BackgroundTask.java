package dev.ajar.background;

import dev.ajar.background.ServiceManager.Place;
import dev.ajar.background.ServiceManager.State;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.process.BoundedRun.Outcome;
import dev.ajar.system.process.SystemProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Installs, removes and looks at the daemon of this user. */
public final class BackgroundTask {
    /** Long enough for the end of a daemon that closes its ports. */
    private static final Duration LIMIT = Duration.ofSeconds(45);

    private static final int MOST_OUTPUT = 1 << 16;

    private final ServiceManager manager;
    private final Place place;
    private final Function<List<String>, Outcome> programs;

    BackgroundTask(ServiceManager manager, Place place, Function<List<String>, Outcome> programs) {
        this.manager = manager;
        this.place = place;
        this.programs = programs;
    }

    /**
     * That of the user of this process.
     *
     * @param system the value of {@code os.name}
     * @param ajarHome the folder of the distribution; empty for a program that was not started by its launcher
     * @return empty where the system has no known program for background tasks, or the user no home
     */
    public static Optional<BackgroundTask> of(Map<String, String> environment, String system, String ajarHome) {
        try {
            Optional<ServiceManager> manager = ServiceManager.of(system);
            String home = environment.getOrDefault("HOME", environment.getOrDefault("USERPROFILE", ""));
            if (manager.isEmpty() || home.isEmpty() || ajarHome.isEmpty()) {
                return Optional.empty();
            }
            boolean windows = manager.get() instanceof TaskScheduler;
            String config = environment.getOrDefault(
                    windows ? "LOCALAPPDATA" : "XDG_CONFIG_HOME",
                    Path.of(home, ".config").toString());
            Place place = new Place(
                    Path.of(ajarHome, "bin", windows ? "ajar.cmd" : "ajar"),
                    Path.of(home),
                    Path.of(config.isEmpty() ? home : config),
                    windows ? windowsUser(environment) : uid(Path.of(home)));
            return Optional.of(new BackgroundTask(manager.get(), place, BackgroundTask::run));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String windowsUser(Map<String, String> environment) {
        String domain = environment.getOrDefault("USERDOMAIN", "");
        String name = environment.getOrDefault("USERNAME", "");
        return domain.isEmpty() ? name : domain + "\\" + name;
    }

    private static String uid(Path home) {
        try {
            return String.valueOf(Files.getAttribute(home, "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    private static Outcome run(List<String> command) {
        return new BoundedRun(LIMIT, SystemProgram.command(command))
                .withErrors()
                .capturing(MOST_OUTPUT)
                .run();
    }

    /** @return why it is not installed; empty when the daemon was started */
    public Optional<Message> install() {
        Path file = manager.file(place);
        try {
            Optional<Message> objection = objectionTo(file);
            if (objection.isPresent()) {
                return objection;
            }
            boolean again = Files.exists(file);
            Files.createDirectories(file.getParent());
            Files.writeString(file, manager.description(place), manager.charset());
            if (again) {
                // A task that runs keeps its old description.
                stop();
            }
        } catch (IOException e) {
            return Optional.of(unwritable(file, e));
        }
        return all(manager.install(place));
    }

    /** @return why it is not removed; empty when it is gone, also when it was not there */
    public Optional<Message> remove() {
        Path file = manager.file(place);
        try {
            Optional<Message> objection = objectionTo(file);
            if (objection.isPresent()) {
                return objection;
            }
            State before = state();
            if (before == State.ABSENT && !Files.exists(file)) {
                return Optional.empty();
            }
            stop();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return Optional.of(unwritable(file, e));
        }
        return all(manager.deleted());
    }

    public State state() {
        return switch (programs.apply(manager.status(place))) {
            case Outcome.Ended ended -> manager.state(ended.exitCode(), ended.output());
            case Outcome.Killed ignored -> State.UNKNOWN;
            case Outcome.NotStarted ignored -> State.UNKNOWN;
        };
    }

    /** Where the description of the task is, or will be. */
    public Path file() {
        return manager.file(place);
    }

    /** What a user does to see the daemon's messages. */
    public Message log() {
        return manager.log(place);
    }

    /** A file that ajar did not write is the user's: neither overwritten nor deleted. */
    private Optional<Message> objectionTo(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        boolean ours = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) < MOST_OUTPUT
                && isMarked(Files.readAllBytes(file));
        return ours ? Optional.empty() : Optional.of(Message.of("background.another-file", "file", file));
    }

    /** In UTF-8 too, as earlier versions wrote on every system. */
    private boolean isMarked(byte[] bytes) {
        return Stream.of(manager.charset(), StandardCharsets.UTF_8)
                .anyMatch(charset -> new String(bytes, charset).contains(ServiceManager.MARK));
    }

    /** What does not run cannot be stopped: a failure changes nothing. */
    private void stop() {
        for (List<String> command : manager.stop(place)) {
            Outcome ignored = programs.apply(command);
        }
    }

    private Optional<Message> all(List<List<String>> commands) {
        for (List<String> command : commands) {
            Optional<Message> failed = failure(command, programs.apply(command));
            if (failed.isPresent()) {
                return failed;
            }
        }
        return Optional.empty();
    }

    private static Optional<Message> failure(List<String> command, Outcome outcome) {
        String line = String.join(" ", command);
        return switch (outcome) {
            case Outcome.Ended ended when ended.exitCode() == 0 -> Optional.empty();
            case Outcome.Ended ended ->
                Optional.of(Message.of(
                        "background.command-failed",
                        "command",
                        line,
                        "output",
                        oneLine(ended.output(), ended.exitCode())));
            case Outcome.Killed ignored -> Optional.of(Message.of("background.command-slow", "command", line));
            case Outcome.NotStarted ignored ->
                Optional.of(Message.of("background.command-missing", "command", command.getFirst()));
        };
    }

    private static String oneLine(String output, int exitCode) {
        String text = output.strip().replaceAll("\\s+", " ");
        return text.isEmpty() ? String.valueOf(exitCode) : text;
    }

    private static Message unwritable(Path file, IOException e) {
        return Message.of(
                "background.unwritable", "file", file, "reason", ErrorText.of(e).orElse("?"));
    }
}
