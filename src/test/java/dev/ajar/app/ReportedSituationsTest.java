package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ajar.testing.CliHarness;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.ReportedSituation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What people reported in public of port mapping gone wrong, played through the command line of ajar. */
@Tag("gateways")
@Execution(ExecutionMode.CONCURRENT)
class ReportedSituationsTest {
    private static final int KINDS = 20;

    @Test
    void there_are_enough_of_different_kinds_and_each_has_its_source() throws IOException {
        Set<String> kinds = new HashSet<>();
        for (Path file : ReportedSituation.files()) {
            ReportedSituation situation = ReportedSituation.read(file);
            assertThat(situation.report()).as(situation.name()).startsWith("https://");
            assertThat(situation.about()).as(situation.name()).endsWith(".");
            assertThat(situation.kind()).as(situation.name()).isNotEmpty();
            assertThat(situation.steps()).as(situation.name()).isNotEmpty();
            kinds.add(situation.kind());
        }
        assertThat(ReportedSituation.files()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(kinds).hasSizeGreaterThanOrEqualTo(KINDS);
    }

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    Stream<DynamicTest> situations() {
        return ReportedSituation.files().stream()
                .map(file -> dynamicTest(String.valueOf(file.getFileName()), () -> play(ReportedSituation.read(file))));
    }

    /** In a JVM that loads its classes beside other builds a router may be too slow for the usual time. */
    private static void play(ReportedSituation situation) throws IOException {
        try {
            play(situation, List.of());
        } catch (AssertionError first) {
            play(situation, List.of("--timeout", "2m"));
        }
    }

    private static void play(ReportedSituation situation, List<String> more) throws IOException {
        try (DoctorHome home = new DoctorHome(situation.home())) {
            for (ReportedSituation.Step step : situation.steps()) {
                if (step.before().isPresent()) {
                    home.follow(step.before().get());
                }
                boolean asksRouter = step.ajar().matches("(open|close|list|check|doctor|discover|status)\\b.*");
                CliHarness.Outcome outcome = home.run(
                        Stream.concat(Stream.of(step.ajar().split(" ")), asksRouter ? more.stream() : Stream.empty())
                                .toArray(String[]::new));
                check(situation, step, outcome, home.router().table());
            }
        }
    }

    private static void check(
            ReportedSituation situation, ReportedSituation.Step step, CliHarness.Outcome outcome, List<String> table) {
        String said = outcome.out() + outcome.err();
        String told = "%s: ajar %s\n%s\n%s".formatted(situation.name(), step.ajar(), said, table);
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(outcome.exitCode()).as(told).isEqualTo(step.exit());
        step.says().forEach(words -> softly.assertThat(said).as(told).contains(words));
        step.never().forEach(words -> softly.assertThat(said).as(told).doesNotContain(words));
        step.table().ifPresent(lines -> {
            softly.assertThat(table).as(told).hasSameSizeAs(lines);
            for (int i = 0; i < Math.min(lines.size(), table.size()); i++) {
                softly.assertThat(table.get(i)).as(told).startsWith(lines.get(i));
            }
        });
        softly.assertAll();
    }
}
