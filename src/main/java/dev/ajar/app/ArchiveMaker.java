package dev.ajar.app;

import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes the {@link ClassArchive}, in a process that no terminal sees: starts another Java that runs everyday commands
 * on a router of its own, on loopback, and puts what that leaves at its end into the archive's place.
 */
final class ArchiveMaker {
    private static final String TRAIN = "train";

    /** Ten times as long as on a slow machine. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private ArchiveMaker() {}

    static List<String> command(ClassArchive archive) {
        return ClassArchive.java(
                List.of(ArchiveMaker.class.getName(), archive.file().toString()));
    }

    /** {@code ArchiveMaker FILE} makes it; {@code ArchiveMaker train FOLDER} uses the classes that are to be in it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args[0].equals(TRAIN)) {
            train(Path.of(args[1]));
            Runtime.getRuntime().halt(0);
        }
        make(new ClassArchive(Path.of(args[0])));
    }

    /** One at a time: a process that ends, however it does, leaves its lock. */
    static void make(ClassArchive archive) throws IOException, InterruptedException {
        try (FileChannel lock = FileChannel.open(archive.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (lock.tryLock() == null || archive.isSettled()) {
                return;
            }
            Files.setLastModifiedTime(archive.lock(), FileTime.from(new SystemTimeline().instant()));
            Path made = archive.file().resolveSibling("classes.new");
            Path folder = archive.file().resolveSibling("training");
            try {
                Files.deleteIfExists(made);
                if (trained(made, folder, archive)) {
                    if (Files.isRegularFile(made)) {
                        archive.accept(made);
                    } else {
                        Files.deleteIfExists(archive.file());
                        archive.settle();
                    }
                }
            } finally {
                Files.deleteIfExists(made);
                remove(folder);
            }
        }
    }

    private static boolean trained(Path made, Path folder, ClassArchive archive)
            throws IOException, InterruptedException {
        List<String> words = ClassArchive.java(List.of(ArchiveMaker.class.getName(), TRAIN, folder.toString()));
        List<String> command = Stream.concat(
                        Stream.of(words.getFirst(), "-XX:ArchiveClassesAtExit=" + made),
                        words.subList(1, words.size()).stream())
                .toList();
        SupervisedProcess process = SupervisedProcess.apart(command, archive.folder());
        try {
            return process.await(LONGEST) && process.await() == 0;
        } finally {
            process.kill();
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void train(Path folder) throws IOException {
        Map<String, String> environment =
                Map.of("AJAR_STATE_HOME", folder.resolve("state").toString());
        try (EmbeddedRouter router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            Wiring wiring = EmbeddedWiring.of(router, new SystemTimeline());
            for (String command :
                    List.of("open 25565", "list", "close 25565", "presets list", "open --help", "--help")) {
                OutputStream nowhere = OutputStream.nullOutputStream();
                Main.run(wiring, environment, nowhere, nowhere, command.split(" "));
            }
        }
    }
}
