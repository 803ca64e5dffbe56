package dev.ajar.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The programs of examples/java with {@code ajar-core} and nothing else, behind a real router daemon. */
class JavaExamplesIT extends InLab {
    private static final Path EXAMPLES = Path.of("examples/java");

    @BeforeAll
    static void up() {
        Lab.script("up", "igd2");
    }

    static String jar() {
        try (Stream<Path> files = Files.walk(Path.of("target/repository"))) {
            return files.filter(file -> file.toString().matches(".*ajar-core-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LabProcess program(String name, String... arguments) {
        String[] command = Shell.join(
                        List.of(
                                "-XX:+UseSerialGC",
                                "-cp",
                                jar(),
                                EXAMPLES.resolve(name).toString()),
                        arguments)
                .toArray(String[]::new);
        return LabProcess.program(
                "lan1",
                Map.of("XDG_STATE_HOME", stateFolder.toString(), "LC_ALL", "C.UTF-8"),
                Shell.join(List.of(java()), command));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String friend(String... deed) {
        return Lab.in(
                        "internet",
                        Shell.join(List.of("python3", "test-fixtures/lab/friend.py"), deed)
                                .toArray(String[]::new))
                .out()
                .strip();
    }

    @Test
    void the_web_server_opens_its_port_and_the_exit_of_the_jvm_closes_it() {
        try (LabProcess server = program("WebServer.java", "8080")) {
            server.await("Friends type http://" + Lab.WAN + ":8080/", SOON);
            assertThat(friend("web", Lab.WAN, "8080", "")).isEqualTo("Hello from home");
            assertThat(Lab.rules()).contains("8080");

            server.signal("TERM");
            server.end(SOON);
            assertThat(Lab.rules()).doesNotContain("8080");
            assertThat(server.output()).doesNotContain("WARN", "SLF4J");
        }
    }

    @Test
    void the_udp_game_hears_when_friends_can_join_and_keeps_its_port_through_a_restart() {
        try (LabProcess game = program("UdpGame.java", "27015")) {
            game.await("asking the router for 27015 udp", SOON).await("Friends join at", SOON);
            assertThat(friend("udp", Lab.WAN, "27015", "Ann")).isEqualTo("Welcome, Ann");

            Lab.script("restart");
            LabProcess.until(() -> friend("udp", Lab.WAN, "27015", "Bob").equals("Welcome, Bob"), SOON, game.output());
            // Killed without a chance to close: the next process of ajar does it.
            game.signal("KILL");
            game.end(SOON);
            assertThat(Lab.rules()).contains("27015");
            assertThat(Shell.run(
                                    Map.of("XDG_STATE_HOME", stateFolder.toString()),
                                    Lab.inside("lan1", List.of(Lab.program(), "renew")))
                            .exitCode())
                    .isZero();
            assertThat(Lab.rules()).doesNotContain("27015");
        }
    }

    /** On a display without a screen. */
    @Test
    void the_window_says_when_friends_can_join_and_closing_it_closes_the_port() throws IOException {
        RealPrograms.require("/usr/bin/Xtigervnc");
        assertThat(compiled(List.of(EXAMPLES.resolve("StatusLine.java").toString())))
                .isEmpty();
        String display = ":" + (100 + ProcessHandle.current().pid() % 800);
        List<String> screen = List.of("/usr/bin/Xtigervnc", display, "-localhost", "-SecurityTypes", "None");
        List<String> command = List.of(
                java(),
                "-XX:+UseSerialGC",
                "-cp",
                stateFolder + ":" + jar() + ":target/test-classes",
                WindowUser.class.getName(),
                "StatusLine",
                "25565");
        Map<String, String> environment =
                Map.of("XDG_STATE_HOME", stateFolder.toString(), "LC_ALL", "C.UTF-8", "DISPLAY", display);
        Path socket = Path.of("/tmp/.X11-unix/X" + display.substring(1));
        try (LabProcess server = LabProcess.program("lan1", Map.of(), screen)) {
            LabProcess.until(() -> Files.exists(socket), SOON, server.output());
            try (LabProcess window = LabProcess.program("lan1", environment, command)) {
                window.await("the window says: Friends join at " + Lab.WAN + ":25565", SOON);
                assertThat(Lab.rules()).contains("25565");

                window.process().getOutputStream().write('\n');
                window.process().getOutputStream().flush();
                assertThat(window.end(SOON)).as(window.output()).isZero();
                assertThat(Lab.rules()).doesNotContain("25565");
            }
        }
    }

    @Test
    void every_example_compiles_without_a_warning() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            List<String> sources = files.map(Path::toString)
                    .filter(file -> file.endsWith(".java"))
                    .toList();
            assertThat(compiled(sources)).isEmpty();
        }
        assertThat(new File(stateFolder.toString(), "StatusLine.class")).exists();
    }

    /** What the compiler says to them. */
    private String compiled(List<String> sources) {
        List<String> arguments =
                new ArrayList<>(List.of("-cp", jar(), "-d", stateFolder.toString(), "-Xlint:all", "-Werror"));
        arguments.addAll(sources);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int problems = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK")
                .run(null, said, said, arguments.toArray(String[]::new));
        String text = said.toString(StandardCharsets.UTF_8);
        return problems == 0 ? text : "exit code " + problems + "\n" + text;
    }
}
