package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.testing.AdvicePlay;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.DoctorScenario;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The next step of every verdict, followed: each command it names is run in that very situation and does what it is
 * named for, and where it asks the user for a change, the change cures what was found.
 */
@Tag("gateways")
@Execution(ExecutionMode.CONCURRENT)
class DoctorAdviceTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern COMMAND =
            Pattern.compile("ajar (?=(?:open|close|list|check|status|discover|doctor|guide"
                    + "|presets|daemon|run|relay|renew|watch|config|routers)\\b)");

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> advice_works_in_the_situation_it_is_given_in() {
        return DoctorScenario.files().stream()
                .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> all(DoctorScenario.read(file))));
    }

    private static void all(DoctorScenario scenario) throws IOException {
        try {
            all(scenario, List.of());
        } catch (AssertionError first) {
            try {
                // A JVM that loads its classes beside other builds may see nothing in the usual time.
                all(scenario, List.of("--timeout", "60s"));
            } catch (AssertionError second) {
                all(scenario, List.of("--timeout", "2m"));
            }
        }
    }

    private static void all(DoctorScenario scenario, List<String> more) throws IOException {
        String next = "";
        for (AdvicePlay play : scenario.plays()) {
            next = play(scenario, play, more);
        }
        if (scenario.isWell() && scenario.plays().isEmpty()) {
            well(scenario, more);
            return;
        }
        assertThat(scenario.plays()).as("the next step is followed").isNotEmpty();
        List<String> unplayed = unplayed(next, scenario.plays());
        assertThat(unplayed).as("commands that are advised and not run").isEmpty();
    }

    private static String[] words(String[] command, List<String> more) {
        return List.of(command).contains("--timeout")
                ? command
                : Stream.concat(Stream.of(command), more.stream()).toArray(String[]::new);
    }

    /** @return the next step as the doctor named it */
    private static String play(DoctorScenario scenario, AdvicePlay play, List<String> more) throws IOException {
        try (DoctorHome home = new DoctorHome(scenario)) {
            JsonNode found =
                    JSON.readTree(home.run(words(scenario.command(), more)).out());
            String next = found.at("/verdict/next").asString();
            String remarks = String.join("\n", found.path("others").findValuesAsString("next"));
            assertThat(found.at("/verdict/id").asString()).as(next).isEqualTo(scenario.verdict());
            play.asks().ifPresent(words -> assertThat(next).contains(words));
            play.as().ifPresent(words -> assertThat(next + "\n" + remarks).contains("ajar " + words));
            home.follow(play);
            if (play.run().isPresent()) {
                AdvicePlay.Step step = play.run().get();
                CliHarness.Outcome outcome = home.run(words(step.words(), more));
                String told = step.ajar() + ": " + outcome.out() + outcome.err();
                assertThat(outcome.exitCode()).as(told).isEqualTo(step.exit());
                assertThat(told).contains(step.said());
                play.table().ifPresent(lines -> {
                    assertThat(home.router().table()).as(told).hasSameSizeAs(lines);
                    for (int i = 0; i < lines.size(); i++) {
                        assertThat(home.router().table().get(i)).startsWith(lines.get(i));
                    }
                });
            }
            if (play.run().isEmpty() || play.verdict().isPresent()) {
                CliHarness.Outcome again = home.run(words(scenario.command(), more));
                assertThat(JSON.readTree(again.out()).at("/verdict/id").asString())
                        .as(again.out())
                        .isEqualTo(play.verdict().orElse("all_well"));
            }
            return next;
        }
    }

    /** "Let a friend try" or "open yours": the port opens, and leads to this machine. */
    private static void well(DoctorScenario scenario, List<String> more) throws IOException {
        try (DoctorHome home = new DoctorHome(scenario)) {
            String port = scenario.somePort();
            CliHarness.Outcome opened = home.run(words(new String[] {"open", port}, more));
            assertThat(opened.exitCode()).as(opened.out() + opened.err()).isZero();
            String entry = (port.endsWith("/udp") ? "udp " : "tcp ") + port.replaceAll("[:/].*", "") + " -> ";
            assertThat(home.router().table())
                    .as(opened.out())
                    .anySatisfy(line -> assertThat(line).startsWith(entry));
        }
    }

    /**
     * What stands behind "ajar" and no play runs. "Run ajar doctor again" is what every play without a command does.
     */
    static List<String> unplayed(String next, List<AdvicePlay> plays) {
        return COMMAND.matcher(next)
                .results()
                .map(MatchResult::end)
                .map(next::substring)
                .filter(rest ->
                        plays.stream().noneMatch(play -> begins(rest, play.as().orElse("doctor"))))
                .toList();
    }

    private static boolean begins(String rest, String command) {
        return rest.startsWith(command)
                && (rest.length() == command.length()
                        || (!Character.isLetterOrDigit(rest.charAt(command.length()))
                                && !":/".contains(rest.substring(command.length(), command.length() + 1))));
    }
}
