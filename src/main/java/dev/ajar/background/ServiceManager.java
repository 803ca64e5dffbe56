package dev.ajar.background;

import dev.ajar.message.Message;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A system's program that starts background tasks. Pure: files and commands as values, answers from recorded output.
 */
public sealed interface ServiceManager permits SystemdUser, Launchd, TaskScheduler {
    /** What tells ajar's own files from those of the user. */
    String MARK = "made by ajar service install";

    /**
     * The user and the place of ajar.
     *
     * @param launcher {@code bin/ajar}, or {@code bin/ajar.cmd}
     * @param home the user's home folder
     * @param config the user's configuration folder, as XDG names it; elsewhere unused
     * @param user the name that the system's program takes: of a uid on macOS, {@code DOMAIN\name} on Windows
     */
    record Place(Path launcher, Path home, Path config, String user) {}

    /** Whether the task is there, and runs. */
    enum State {
        RUNNING,
        /** Installed, and not running now. */
        STOPPED,
        /** Installed; whether it runs, the system's program tells only in the user's language. */
        INSTALLED,
        ABSENT,
        /** The system's program gave no answer that can be understood. */
        UNKNOWN
    }

    /** Where the description of the task is written. */
    Path file(Place place);

    String description(Place place);

    /** The charset of that file. */
    default Charset charset() {
        return StandardCharsets.UTF_8;
    }

    /** The commands after the file was written, in order; each has to succeed. */
    List<List<String>> install(Place place);

    /** The commands before the file is deleted; the task may be gone already. */
    List<List<String>> stop(Place place);

    /** The commands after the file was deleted. */
    default List<List<String>> deleted() {
        return List.of();
    }

    List<String> status(Place place);

    /**
     * The state by the answer to {@link #status}.
     *
     * @param exitCode of the system's program
     */
    State state(int exitCode, String output);

    /** What a user does to see the daemon's messages. */
    Message log(Place place);

    /** @param system the value of {@code os.name} */
    static Optional<ServiceManager> of(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return Optional.of(new TaskScheduler());
        }
        if (name.startsWith("mac")) {
            return Optional.of(new Launchd());
        }
        return name.startsWith("linux") ? Optional.of(new SystemdUser()) : Optional.empty();
    }
}
