package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.lab.Shell.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Packs the distribution by src/packaging/assemble, and starts the archive for any system. */
abstract class PackedArchive {
    static final Path DIST = Path.of(System.getProperty("ajar.dist", "target/ajar"));

    @TempDir
    Path temporary = Path.of(".");

    /** Where the JVM's archive of classes is made; without a folder none is, which would outlive the test. */
    String cache = "/dev/null";

    final Outcome assemble(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                "src/packaging/assemble",
                "--out",
                temporary.resolve("out").toString()));
        return Shell.run(Map.of(), Shell.join(command, arguments));
    }

    final Path any() throws IOException {
        Path archive = Path.of(assemble("any").out().strip());
        assertThat(Shell.run("unzip", "-q", archive.toString(), "-d", temporary.toString())
                        .exitCode())
                .isZero();
        try (var folders = Files.list(temporary)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("bin/ajar")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    final Path java(String version) throws IOException {
        return program("a java/bin", "java", "echo 'openjdk version \"" + version + "\" 2021-09-14' >&2")
                .getParent();
    }

    /** A program of one line; returns its folder. */
    final Path program(String folder, String name, String line) throws IOException {
        Path program = Files.createDirectories(temporary.resolve(folder)).resolve(name);
        Files.writeString(program, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program.getParent();
    }

    final Outcome run(Path home, Path java, String... arguments) {
        List<String> bare = List.of(
                "env",
                "-i",
                "PATH=/usr/bin:/bin",
                "HOME=" + temporary.resolve("home"),
                "XDG_CACHE_HOME=" + cache,
                "JAVA_HOME=" + java,
                home.resolve("bin/ajar").toString());
        return Shell.run(Map.of(), Shell.join(bare, arguments));
    }
}
