package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.catalog.GuideCatalog;
import dev.ajar.catalog.RouterGuide;
import dev.ajar.cli.render.Columns;
import dev.ajar.message.Language;
import dev.ajar.message.Messages;
import dev.ajar.testing.CliHarness.Outcome;
import dev.ajar.testing.DoctorHome;
import dev.ajar.testing.DoctorScenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the commands print on a terminal of 80 columns, in every language: no line is wider, but for a word that is
 * alone.
 */
@Tag("languages")
@Execution(ExecutionMode.CONCURRENT)
class EightyColumnsTest {
    private static final int COLUMNS = 80;

    static final String HOME = "port-is-well";

    /** In one language of long words. */
    private static final List<String> HOMES = List.of(HOME, "carrier-grade-nat", "refuses-everything");

    static final List<String> COMMANDS = List.of(
            "open 25565-25567 9000/udp",
            "open minecraft",
            "open rdp",
            "list",
            "status -v",
            "close",
            "extend 25565 --for 3h",
            "address",
            "check 25565",
            "doctor 25565 -v",
            "discover -v",
            "close 41999",
            "renew",
            "open 25565,25566",
            "opne 25565",
            "open --nmae x 25565",
            "list --lang tlh",
            "presets craft",
            "presets",
            "routers",
            "config check",
            "version");

    /** What is to be copied is not cut: a command, an address, a path. */
    private static final Pattern TO_COPY = Pattern.compile("^\\s*[!-~]+$");

    private static Stream<Messages> longOrWide() {
        return Stream.of(Language.GERMAN, Language.RUSSIAN, Language.CHINESE).map(Messages::of);
    }

    static DoctorHome home(String scenario) throws IOException {
        return new DoctorHome(DoctorScenario.read(Path.of("test-fixtures/doctor/" + scenario + ".json")));
    }

    static void look(List<String> wide, DoctorHome home, Messages messages, String words) {
        Outcome outcome = home.run(messages, COLUMNS, words.split(" "));
        (outcome.out() + outcome.err())
                .lines()
                .filter(line ->
                        Columns.of(line) > COLUMNS && !TO_COPY.matcher(line).matches())
                .forEach(line -> wide.add(messages.code() + " ajar " + words + ": " + line));
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Languages#all")
    void no_line_of_a_command_is_wider_than_the_terminal(Messages messages) throws IOException {
        List<String> wide = new ArrayList<>();
        for (String scenario : messages.code().equals("ru") ? HOMES : List.of(HOME)) {
            try (DoctorHome home = home(scenario)) {
                COMMANDS.forEach(words -> look(wide, home, messages, words));
            }
        }

        assertThat(wide).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("longOrWide")
    void no_line_of_the_catalogs_is_wider_than_the_terminal(Messages messages) throws IOException {
        List<String> wide = new ArrayList<>();
        try (DoctorHome home = home(HOME)) {
            new ApplicationCatalog().ids().forEach(id -> look(wide, home, messages, "presets show " + id));
            for (RouterGuide guide : new GuideCatalog().all()) {
                look(wide, home, messages, "routers show " + guide.id());
                look(wide, home, messages, "guide 25565 --router " + guide.id());
            }
        }

        assertThat(wide).isEmpty();
    }
}
