package dev.ajar.relay.controller;

import dev.ajar.relay.worker.RelayWorker;
import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command that starts a relay process: the same Java, with the libraries only the relay needs. */
final class RelayJvm {
    private static final int NATIVE_ACCESS_SINCE = 24;

    /** By name, because the package that composes the program is above this one. */
    private static final String MAIN_CLASS = "dev.ajar.app.Main";

    private RelayJvm() {}

    /** @param socket where the relay process answers questions about its state */
    static SupervisedProcess start(Path socket, Map<String, String> environment) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xms8m",
                "-Xmn4m",
                "-Xmx96m",
                "-XX:MaxDirectMemorySize=320m",
                "-Xss512k",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:disable",
                "-Xlog:all=warning:stderr"));
        if (Runtime.version().feature() >= NATIVE_ACCESS_SINCE) {
            words.add("--enable-native-access=ALL-UNNAMED");
            words.add("--sun-misc-unsafe-memory-access=allow");
            words.add("-XX:+UseCompactObjectHeaders");
            // What compiling and class loading took once, malloc would keep; a system whose malloc cannot do it says
            // nothing.
            words.add("-XX:TrimNativeHeapInterval=10000");
            words.add("-Xlog:trimnative=off:stderr");
        }
        String own = environment.getOrDefault("AJAR_RELAY_JAVA_OPTS", "");
        if (!own.isBlank()) {
            words.addAll(List.of(own.strip().split("\\s+")));
        }
        words.addAll(List.of("-cp", classPath(), MAIN_CLASS));
        words.addAll(List.of(RelayWorker.COMMAND, socket.toString()));
        // Each thread's own arena of malloc would take more than it saves.
        return SupervisedProcess.onPipes(words, Map.of("MALLOC_ARENA_MAX", "1"));
    }

    private static String classPath() {
        StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
        String home = System.getProperty("ajar.home", "");
        Path relay = Path.of(home, "lib", "relay");
        if (!home.isEmpty() && Files.isDirectory(relay)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(relay, "*.jar")) {
                jars.forEach(jar -> path.append(java.io.File.pathSeparator).append(jar));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return path.toString();
    }
}
