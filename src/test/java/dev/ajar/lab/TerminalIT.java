package dev.ajar.lab;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.message.Language;
import dev.ajar.testing.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a user sees at a real terminal of 80 columns, by the shipped program and a real router, in the usual situations:
 * compared with {@code docs/transcripts/terminal}, and where no address is told with the played ones beside it
 * ({@code TranscriptsTest}). {@code -Dajar.transcripts=record} writes both.
 */
class TerminalIT extends InLab {
    private static final Path OWN = Transcript.FOLDER.resolve("terminal");

    private static final String ENGLISH = "en";
    private static final int FIRST_PORT = 41230;

    /** A firewall of this machine's own that does not let the port in. */
    private static final String FIREWALL = "table inet house";

    private Path programs = Path.of(".");

    private record Situation(Path file, List<String> commands) {}

    private static Situation in(String name, String... commands) {
        return new Situation(OWN.resolve(name + ".txt"), List.of(commands));
    }

    /** Whose transcript is the same behind the embedded router. */
    private static Situation asPlayed(String name, String... commands) {
        return new Situation(Transcript.FOLDER.resolve(name + ".txt"), List.of(commands));
    }

    @BeforeEach
    void terminal() throws IOException {
        RealPrograms.require("/usr/bin/tmux");
        programs = Files.createDirectories(stateFolder.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("ajar"), Path.of(Lab.program()));
    }

    private static List<String> languages() {
        return Stream.concat(Stream.of(ENGLISH), Stream.of(Language.values()).map(Language::code))
                .toList();
    }

    private DynamicTest compared(Situation situation, Runnable... before) {
        return dynamicTest(situation.file().toString(), () -> {
            Arrays.stream(before).forEach(Runnable::run);
            compare(Transcript.COLUMNS, situation);
        });
    }

    private void compare(int columns, Situation situation) throws IOException {
        Path home = Files.createTempDirectory(stateFolder, "home");
        try (Tmux terminal = new Tmux(home, programs, ENGLISH, columns)) {
            situation.commands().forEach(command -> terminal.type(command, SOON));
            terminal.await(SOON);
            Transcript.compare(situation.file(), terminal.transcript());
        } finally {
            Lab.script("restart", "0");
        }
    }

    @TestFactory
    Stream<DynamicTest> behind_a_router_that_opens_ports() {
        Lab.script("up", "igd2");
        return Stream.of(
                        asPlayed("first-start", "ajar"),
                        in("open-a-game", "ajar open minecraft"),
                        in("open-a-port-twice", "ajar open 8080 --for 2h", "ajar open 8080"),
                        in("open-a-range", "ajar open 50000-50004", "ajar list"),
                        in("open-where-the-router-refuses", "ajar open 80"),
                        asPlayed("open-what-is-dangerous", "ajar open rdp"),
                        asPlayed(
                                "mistype",
                                "ajar opne 25565",
                                "ajar open minecrft",
                                "ajar open 25565 --udp",
                                "ajar 25565"),
                        in(
                                "mistype-words",
                                "ajar stop 25565",
                                "ajar open 25565 udp",
                                "ajar open minecraft:25566",
                                "ajar open --port 25565",
                                "ajar open 25565 for 2h",
                                "ajar run minecraft java -jar server.jar"),
                        in(
                                "close",
                                "ajar open 25565 8443:443",
                                "ajar close",
                                "ajar close 25565",
                                "ajar close --all",
                                "ajar close",
                                "ajar list"),
                        in("extend", "ajar open 25565 --for 90m", "ajar extend 25565 --for 2h"),
                        in("status", "ajar status", "ajar open 25565", "ajar status", "ajar address"),
                        in("check", "ajar open 25565", "ajar check 25565"),
                        in("doctor-without-a-listener", "ajar doctor 25565"),
                        in("run", "ajar run --require --preset minecraft -- echo the server is up"),
                        in("presets", "ajar presets mine"),
                        in("help", "ajar help extend"))
                .map(this::compared);
    }

    @TestFactory
    Stream<DynamicTest> behind_other_rules_and_firewalls() {
        Lab.script("up", "igd2");
        return Stream.of(
                compared(
                        in("open-some-of-several", "ajar open 25565-25567"),
                        () -> Lab.in("lan2", "natpmpc", "-g", Lab.GATEWAY, "-a", "25565", "25565", "tcp", "3600")),
                compared(in("open-behind-ones-own-firewall", "ajar open 25565"), () -> {
                    Lab.in("lan1", "nft", "add " + FIREWALL);
                    Lab.in("lan1", "nft", "add chain inet house input { type filter hook input priority 0; }");
                    Lab.in("lan1", "nft", "add rule inet house input tcp dport 25565 drop");
                }),
                compared(asPlayed("open-on-no-network", "ajar open 25565"), () -> {
                    Lab.in("lan1", "nft", "delete " + FIREWALL);
                    Lab.script("link", "down");
                }));
    }

    @Test
    void lines_are_as_wide_as_the_terminal() throws IOException {
        Lab.script("up", "igd2");
        compare(40, in("narrow", "ajar open minecraft", "ajar opne"));
        compare(120, in("wide", "ajar open minecraft", "ajar opne"));
    }

    @TestFactory
    Stream<DynamicTest> where_the_internet_cannot_come_in() {
        return Stream.of(
                compared(in("open-behind-the-providers-nat", "ajar open 25565"), () -> Lab.script("up", "cgn-closed")),
                compared(in("open-behind-a-second-router", "ajar open 25565"), () -> Lab.script("up", "nested")));
    }

    @Test
    void without_a_router_in_each_language() throws IOException {
        Lab.script("up", "none");
        compareAll("open-without-a-router", Transcript.FOLDER, number -> List.of("ajar open minecraft"));
    }

    /** Each with a port of its own, as the router gives a port to one of them; the transcripts name the first. */
    @Test
    void behind_a_router_in_each_language() throws IOException {
        Lab.script("up", "igd2");
        compareAll("open-and-close", OWN, number -> List.of("ajar open " + number, "ajar close", "ajar close --all"));
    }

    /** All languages at once: a busy machine and a silent router are then waited for once. */
    private void compareAll(String name, Path folder, IntFunction<List<String>> commands) throws IOException {
        Map<String, Tmux> terminals = new LinkedHashMap<>();
        try {
            for (String language : languages()) {
                Path home = Files.createTempDirectory(stateFolder, "home");
                terminals.put(language, new Tmux(home, programs, language, Transcript.COLUMNS));
            }
            int most = commands.apply(FIRST_PORT).size();
            for (int i = 0; i < most; i++) {
                int port = FIRST_PORT;
                for (Tmux terminal : terminals.values()) {
                    terminal.type(commands.apply(port).get(i), SOON);
                    port++;
                }
            }
            int port = FIRST_PORT;
            for (Map.Entry<String, Tmux> each : terminals.entrySet()) {
                each.getValue().await(SOON);
                String seen =
                        each.getValue().transcript().replace(Integer.toString(port), Integer.toString(FIRST_PORT));
                Transcript.compare(in(folder, each.getKey(), name), seen);
                port++;
            }
        } finally {
            terminals.values().forEach(Tmux::close);
        }
    }

    private static Path in(Path folder, String language, String name) {
        return (language.equals(ENGLISH) ? folder : folder.resolve(language)).resolve(name + ".txt");
    }
}
