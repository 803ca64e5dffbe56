package dev.ajar.app;

import dev.ajar.system.SystemTimeline;
import dev.ajar.system.process.SupervisedProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class-data archive of a Java that came without ajar, with which commands start in half the time. The JVM would
 * make one at the end of a command, which the user would wait for; so another process makes it when a command has
 * ended.
 *
 * @param file beside it are a note of what it is for, and the lock of the process that makes one
 */
record ClassArchive(Path file) {
    /** Where the launcher looks for the archive; not set where the build has trained one. */
    private static final String PROPERTY = "ajar.archive";

    private static final String NONE = "none\n";

    /** After one that was made, or could not be. */
    private static final Duration BETWEEN_TRIES = Duration.ofHours(1);

    /** At the end of a command: begins to make the archive if this Java has none. Says nothing, waits for nothing. */
    static void keep() {
        String told = System.getProperty(PROPERTY, "");
        if (told.isEmpty()) {
            return;
        }
        try {
            ClassArchive archive = new ClassArchive(Path.of(told));
            if (!archive.isSettled() && archive.isDue(new SystemTimeline().instant())) {
                SupervisedProcess.leave(ArchiveMaker.command(archive), archive.folder());
            }
        } catch (IOException | InvalidPathException e) {
            // Commands work without it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Path folder() {
        return file.toAbsolutePath().resolveSibling("");
    }

    Path lock() {
        return file.resolveSibling("classes.lock");
    }

    private Path note() {
        return file.resolveSibling("classes.txt");
    }

    /**
     * Whether it was made by this Java, for these jars, and is whole; or is missing because this Java makes none. The
     * JVM itself passes over one that does not fit.
     */
    boolean isSettled() throws IOException {
        return Files.isRegularFile(note()) && Files.readString(note()).equals(madeFor());
    }

    private String madeFor() throws IOException {
        StringBuilder text = new StringBuilder(200);
        text.append(System.getProperty("java.vm.version", "")).append('\n');
        text.append(System.getProperty("java.home", "")).append('\n');
        for (String jar : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            text.append(state(Path.of(jar)));
        }
        return text.append(Files.isRegularFile(file) ? state(file) : NONE).toString();
    }

    private static String state(Path file) throws IOException {
        return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file) + "\n";
    }

    /** Whether the folder can be written, and none was begun lately, or is being made. */
    boolean isDue(Instant now) throws IOException {
        if (!Files.isWritable(folder())) {
            return false;
        }
        if (!Files.exists(lock())) {
            return true;
        }
        Instant begun = Files.getLastModifiedTime(lock()).toInstant();
        return now.isBefore(begun) || now.isAfter(begun.plus(BETWEEN_TRIES));
    }

    /** Puts another in its place. A command that starts meanwhile has the old one or the new one. */
    void accept(Path made) throws IOException {
        // The JVM writes it read-only, and Windows then lets nothing replace or delete it.
        var unused = made.toFile().setWritable(true, true);
        Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
        settle();
    }

    /** Notes what the archive is for, or that there is none for it. */
    void settle() throws IOException {
        Path written = Files.writeString(file.resolveSibling("classes.txt.new"), madeFor());
        Files.move(written, note(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** How the Java of this process is started, with the JVM's options and what follows them. */
    static List<String> java(List<String> rest) {
        Path programs = Path.of(System.getProperty("java.home", ""), "bin");
        // Windows' Java for programs without a console, which would stay open for it.
        Path silent = programs.resolve("javaw.exe");
        Path java = Files.isRegularFile(silent) ? silent : programs.resolve("java");
        List<String> usual = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx64m",
                "-Xlog:disable",
                "-XX:-PrintWarnings",
                "-cp",
                System.getProperty("java.class.path", ""));
        return Stream.concat(usual.stream(), rest.stream()).toList();
    }
}
