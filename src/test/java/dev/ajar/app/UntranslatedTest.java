package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.message.Messages;
import dev.ajar.message.PseudoLanguage;
import dev.ajar.testing.CliHarness.Outcome;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.DoctorScenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** In a language of capitals, no command prints an English sentence in any home of {@code test-fixtures/doctor}. */
@Tag("gateways")
@Execution(ExecutionMode.CONCURRENT)
class UntranslatedTest {
    private static final Messages CAPITALS = PseudoLanguage.messages();

    /** At least two words. */
    private static final List<String> ENGLISH = PseudoLanguage.english().stream()
            .filter(part -> part.matches(".*[a-z]{2}.* .*[a-z]{2}.*"))
            .filter(part -> part.length() >= 10)
            .toList();

    private static final Pattern SMALL = Pattern.compile("(?:\\b[a-z]{2,}[,:]? ){3,}[a-z]{2,}\\b");

    /** Commands for the user to type, and what a disk says of itself. */
    private static final Pattern COMMANDS =
            Pattern.compile("(?:sudo|ajar) [a-z0-9 -]+|ajar: another ajar is at work|space left on device");

    /** Words that the profiles of routers and applications hold, and the scenarios. */
    private static final String DATA = data("profiles", "src/main/resources", "test-fixtures/doctor");

    @Test
    void the_search_finds_what_bypasses_the_files() {
        assertThat(english("open  tcp 25565 THE ROUTER; no router answered on this network"))
                .isNotEmpty();
        assertThat(english("THE ROUTER is not in any file at all")).isNotEmpty();
        assertThat(english("OPEN TCP 25565 → 192.168.1.2:25565, UPnP IGD:1 (miniupnpd)"))
                .isEmpty();
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> no_sentence_is_english_in_another_language() {
        return DoctorScenario.files().stream()
                .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> play(DoctorScenario.read(file))));
    }

    private static void play(DoctorScenario scenario) throws IOException {
        try (DoctorHome home = new DoctorHome(scenario)) {
            String port = scenario.somePort();
            List<String> found = new ArrayList<>();
            for (String[] words : List.of(
                    new String[] {"doctor", port},
                    new String[] {"check", port},
                    new String[] {"open", port, "-v"},
                    new String[] {"guide", port},
                    new String[] {"close", port},
                    new String[] {"close", port})) {
                Outcome outcome = home.run(CAPITALS, words);
                (outcome.out() + outcome.err())
                        .lines()
                        .filter(line -> !english(line).isEmpty())
                        .forEach(line -> found.add(words[0] + ": " + line + "   ⇒ " + english(line)));
                found.addAll(InternalNamesTest.found(outcome.out() + outcome.err()));
            }
            assertThat(found).isEmpty();
        }
    }

    private static List<String> english(String line) {
        return Stream.concat(
                        ENGLISH.stream().filter(line::contains),
                        SMALL.matcher(line).results().map(java.util.regex.MatchResult::group))
                .filter(text -> !DATA.contains(text) && !COMMANDS.matcher(text).matches())
                .toList();
    }

    private static String data(String... folders) {
        return Stream.of(folders)
                .flatMap(folder -> walk(Path.of(folder)))
                .filter(file -> file.toString().matches(".*\\.(json|toml|yaml|txt)"))
                .map(UntranslatedTest::text)
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
