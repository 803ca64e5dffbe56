package dev.ajar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.reference.CommandReference;
import dev.ajar.message.Language;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.message.PseudoLanguage;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Help and errors in every language, and the option that chooses it. */
class LanguagesOfTheCommandLineTest {
    private static EmbeddedRouter router;

    /** The help of each command in English, by what shows it. */
    private static final Map<String, Outcome> HELP = new LinkedHashMap<>();

    @BeforeAll
    static void start() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
        for (CommandReference command : ajar(Messages.ENGLISH).reference()) {
            String words = command.name().equals("ajar") ? "--help" : command.name() + " --help";
            HELP.put(words, ajar(Messages.ENGLISH).run(words.split(" ")));
        }
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    private static CliHarness ajar(Messages messages) {
        return new CliHarness(router, new MemoryStateStore()).speaking(messages);
    }

    /** picocli formats what it shows, so that one percent sign in a file would end the command. */
    @ParameterizedTest
    @EnumSource(Language.class)
    void every_command_has_help_within_the_width_of_a_terminal(Language language) {
        Messages messages = Messages.of(language);
        List<String> wide = new ArrayList<>();
        HELP.forEach((words, english) -> {
            Outcome own = ajar(messages).run(words.split(" "));
            assertThat(own.exitCode()).as(own.err()).isZero();
            assertThat(own.out()).contains(messages.text(Message.of("help.heading")));
            if (fits(english)) {
                own.out()
                        .lines()
                        .filter(line -> line.codePointCount(0, line.length()) > 80)
                        .forEach(line -> wide.add(words + ": " + line));
            }
        });

        assertThat(wide).isEmpty();
    }

    private static boolean fits(Outcome help) {
        return help.out().lines().allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open | SOMETHING IS MISSING: PORT",
                "open 80 --lese 1h | THERE IS NO OPTION --lese HERE; DID YOU MEAN --lease?",
                "open 80 --wholly-unknown | THERE IS NO OPTION --wholly-unknown HERE",
                "open 80 --lease | --lease NEEDS A VALUE AFTER IT: --lease TIME",
                "open 80 --lease 1h --lease 2h | --lease CAN BE GIVEN ONCE ONLY",
                "open 80 --json=x | --json",
                "open 80 --relay=maybe | --relay",
                "status extra word | NOTHING CAN BE DONE WITH \"extra word\"",
                "frobnicate | THERE IS NO COMMAND \"frobnicate\"",
                "opne 80 | DID YOU MEAN AJAR open?",
            })
    void an_error_of_the_parser_is_a_sentence_of_ours(String command, String says) {
        Outcome outcome = ajar(PseudoLanguage.messages()).run(command.split(" "));

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat((outcome.out() + outcome.err()).lines())
                .singleElement()
                .asString()
                .contains(says);
    }

    @Test
    void a_language_that_ajar_lacks_is_an_error_that_names_those_it_has() {
        Outcome outcome = ajar(Messages.ENGLISH).run("--lang", "tlh", "open", "25565");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("\"tlh\"").contains("en, de, es");
        assertThat(router.table()).isEmpty();
        assertThat(ajar(Messages.ENGLISH).run("version", "--lang=de_AT").exitCode())
                .isZero();
        assertThat(ajar(Messages.ENGLISH).run("--lang=en_GB", "version").exitCode())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open 80 --lang ru | ru",
                "--lang ru open 80 | ru",
                "--lang=ru | ru",
                "open 80 | ''",
                "open 80 --lang | ''",
                "run --lang ru java | ru",
                "run --open minecraft --lang ru -- java | ru",
                "run java --lang ru | ''",
                "run -v java --lang ru | ''",
                "run -- java --lang ru | ''",
                "--lang pl run java --lang ru | pl",
                "run --open minecraft java --lang ru | ''",
            })
    void the_words_of_a_program_that_is_run_are_its_own(String words, String language) {
        assertThat(LanguageOption.given(words.split(" ")).orElse("")).isEqualTo(language);
    }
}
