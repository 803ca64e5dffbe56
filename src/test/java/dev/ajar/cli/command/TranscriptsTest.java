package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.DoctorScenario;
import dev.ajar.testing.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * What a user sees at a terminal of 80 columns in the usual situations, compared with {@code docs/transcripts}. Those
 * that a lab can have are recorded there, too ({@code TerminalIT}).
 */
@Tag("gateways")
@Execution(ExecutionMode.SAME_THREAD)
class TranscriptsTest {
    /**
     * A situation.
     *
     * @param home of {@code test-fixtures/doctor}
     * @param everywhere whether there is a transcript in each language
     */
    private record Situation(String name, String home, boolean everywhere, List<String> commands) {}

    private static Situation in(String name, String home, String... commands) {
        return new Situation(name, home, false, List.of(commands));
    }

    private static Situation everywhere(String name, String home, String... commands) {
        return new Situation(name, home, true, List.of(commands));
    }

    private static final List<Situation> SITUATIONS = List.of(
            in("first-start", "port-is-well", ""),
            everywhere("open-a-game", "port-is-well", "open minecraft"),
            in("open-a-port", "no-program-listens", "open 8080 --for 2h"),
            in("open-a-range", "port-is-well", "open 50000-50004"),
            everywhere("open-without-a-router", "silent-router", "open minecraft"),
            everywhere("open-what-another-device-has", "port-taken-by-a-neighbour", "open 25565"),
            in("open-some-of-several", "port-taken-by-a-neighbour", "open 25565-25567"),
            in("open-where-the-router-refuses", "pcp-forbids-it", "open 25565"),
            in("open-behind-a-second-router", "second-router", "open 25565"),
            in("open-behind-the-providers-nat", "carrier-grade-nat", "open 25565"),
            in("open-with-the-line-down", "line-is-down", "open 25565"),
            in("open-behind-ones-own-firewall", "own-firewall-keeps-strangers-out", "open 25565"),
            in("open-what-is-dangerous", "port-is-well", "open rdp"),
            in("open-on-no-network", "no-network", "open 25565"),
            in("mistype", "port-is-well", "opne 25565", "open minecrft", "open 25565 --udp", "25565"),
            everywhere("close", "port-is-well", "open 25565 8443:443", "close", "close 25565", "close --all"),
            in(
                    "extend",
                    "port-is-well",
                    "open 25565 --for 90m",
                    "extend 25565 --for 2h",
                    "extend 25565 --for 30m",
                    "extend 8080 --for 2h"),
            in("status", "port-is-well", "status", "open 25565", "status"),
            in("check", "port-is-well", "open 25565", "check 25565"),
            everywhere("doctor-without-a-listener", "no-program-listens", "doctor 25565"),
            in("doctor-without-a-router", "silent-router", "doctor"),
            in("guide", "port-is-well", "guide minecraft --router totolink --to 192.168.1.20"));

    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicTest> the_user_sees_what_the_transcript_shows() {
        List<DynamicTest> all = new ArrayList<>();
        for (Situation situation : SITUATIONS) {
            all.add(dynamicTest(
                    situation.name(),
                    () -> compare(Transcript.FOLDER.resolve(situation.name() + ".txt"), situation, Messages.ENGLISH)));
            if (situation.everywhere()) {
                for (Language language : Language.values()) {
                    Path file = Transcript.FOLDER.resolve(language.code()).resolve(situation.name() + ".txt");
                    all.add(dynamicTest(
                            language.code() + " " + situation.name(),
                            () -> compare(file, situation, Messages.of(language))));
                }
            }
        }
        return all.stream();
    }

    /** Each says which version it is of, and where the same situation stands as it is now. */
    @Test
    void what_was_before_has_its_counterpart() throws IOException {
        Path before = Transcript.FOLDER.resolve("before");
        try (Stream<Path> files = Files.list(before)) {
            for (Path file : files.toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines.getFirst()).startsWith("# Version of commit ");
                Path now = before.resolve(lines.getFirst().replaceFirst(".* Now: ", ""));
                assertThat(now).exists();
                assertThat(typed(Files.readAllLines(now))).as(file.toString()).isEqualTo(typed(lines));
            }
        }
    }

    private static List<String> typed(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("$ ")).toList();
    }

    private static void compare(Path file, Situation situation, Messages language) throws IOException {
        Transcript.compare(file, play(situation, language));
    }

    private static String play(Situation situation, Messages language) throws IOException {
        StringBuilder screen = new StringBuilder();
        try (DoctorHome home =
                new DoctorHome(DoctorScenario.read(Path.of("test-fixtures/doctor/" + situation.home() + ".json")))) {
            for (String command : situation.commands()) {
                screen.append(("$ ajar " + command).strip()).append('\n');
                String[] words = words(command, situation.home());
                screen.append(home.shown(language, Transcript.COLUMNS, words));
            }
        }
        return screen.toString();
    }

    /** With more patience than usual for a busy machine, but where a router is silent, which takes all of it. */
    private static String[] words(String command, String home) {
        if (command.isEmpty()) {
            return new String[0];
        }
        boolean patient =
                command.matches("(open|close|extend|status|check|doctor|guide)( .*)?") && !home.equals("silent-router");
        return (patient ? command + " --timeout 60s" : command).split(" ");
    }
}
