package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.gateway.admin.Secret;
import dev.ajar.gateway.admin.enrolment.KeptSecrets;
import dev.ajar.state.file.FileLineStore;
import dev.ajar.system.process.BoundedRun;
import dev.ajar.system.process.SupervisedProcess;
import dev.ajar.testing.TestClassPath;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The router's password is in no child's environment and in no command line, as the kernel shows them to everyone. */
@EnabledOnOs(OS.LINUX)
class ChildSecretsTest {
    private static final String MARKER = "marker-4f1e7c-password";
    private static final Duration TIME = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path home;

    /** Runs in a process of its own, whose environment has the password. */
    static final class Children {
        private static final List<String> SHOW =
                List.of("sh", "-c", "cat /proc/self/environ /proc/$$/environ /proc/self/cmdline /proc/$$/cmdline");

        private Children() {}

        /** @param arguments a folder to write to */
        public static void main(String[] arguments) throws IOException {
            System.out.println("own " + System.getenv("AJAR_ROUTER_PASSWORD"));
            System.out.println("bounded " + new BoundedRun(TIME, SHOW).run().text());
            SupervisedProcess piped = SupervisedProcess.onPipes(SHOW, Map.of("AJAR_X", "y"));
            System.out.println("piped " + new String(piped.output().readAllBytes(), StandardCharsets.UTF_8));
            Path folder = Path.of(arguments[0]);
            new KeptSecrets(new FileLineStore(folder, "secrets.jsonl"), Map.of(), true, Optional::empty)
                    .keep("02:00:00:00:00:01", new Secret(MARKER.toCharArray()));
        }
    }

    @Test
    void no_child_shows_it() throws Exception {
        Path programs = Files.createDirectories(home.resolve("programs"));
        Path keyring = programs.resolve("secret-tool");
        Files.writeString(
                keyring,
                "#!/bin/sh\ncat /proc/$$/environ /proc/$$/cmdline > " + home.resolve("seen") + "\ncat > "
                        + home.resolve("read") + "\n");
        Files.setPosixFilePermissions(keyring, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TestClassPath.get(),
                Children.class.getName(),
                home.toString());
        builder.environment().put("AJAR_ROUTER_PASSWORD", MARKER);
        builder.environment().merge("PATH", programs.toString(), (path, first) -> first + File.pathSeparator + path);
        Process process = builder.redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(TIME.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(told).startsWith("own " + MARKER);
        String bounded = told.substring(told.indexOf("bounded "), told.indexOf("piped "));
        String piped = told.substring(told.indexOf("piped "));
        assertThat(bounded).contains("PATH=", "/proc/self/environ").doesNotContain(MARKER);
        assertThat(piped).contains("PATH=", "AJAR_X=y", "/proc/self/environ").doesNotContain(MARKER);
        // The keyring's program gets it by its input alone, and no file of ajar's has it then.
        assertThat(Files.readString(home.resolve("seen"))).contains("store").doesNotContain(MARKER);
        assertThat(Files.readString(home.resolve("read"))).isEqualTo(MARKER);
        try (Stream<Path> files = Files.list(home)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("secrets.jsonl");
        }
    }
}
