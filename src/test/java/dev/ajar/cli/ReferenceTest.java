package dev.ajar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.reference.CompletionValues;
import dev.ajar.cli.reference.ManualPage;
import dev.ajar.cli.reference.Shell;
import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Help, manual pages and completions say what the commands take. */
class ReferenceTest {
    private static EmbeddedRouter router;
    private static List<CommandReference> commands = List.of();

    @BeforeAll
    static void read() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
        commands = new CliHarness(router, new MemoryStateStore()).reference();
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    private static Outcome run(String... args) {
        return new CliHarness(router, new MemoryStateStore()).run(args);
    }

    private static CommandReference command(String name) {
        return commands.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void help_of_a_command_is_its_help() {
        assertThat(run("help", "open")).isEqualTo(run("open", "--help"));
        assertThat(run("help")).isEqualTo(run("--help"));
        assertThat(run("help", "opne").exitCode()).isEqualTo(2);
        assertThat(run("help", "opne").err()).contains("did you mean ajar open?");
        assertThat(run("help", "open", "close").exitCode()).isEqualTo(2);
    }

    @Test
    void version_is_a_command() {
        assertThat(run("version").out()).matches("ajar \\S+\n");
    }

    @Test
    void every_option_is_in_the_manual_and_in_each_completion() {
        for (CommandReference command : commands) {
            String page = ManualPage.of(command, commands, "1.2.3", List.of("0 Done."));
            for (CommandReference.OptionReference option : command.options()) {
                for (String name : option.names()) {
                    assertThat(page).contains("\\fB" + name.replace("-", "\\-") + "\\fR");
                    assertThat(Shell.BASH.script(commands)).contains(name);
                    assertThat(Shell.ZSH.script(commands)).contains("'*" + name + "[");
                    assertThat(Shell.POWERSHELL.script(commands)).contains(name);
                    assertThat(Shell.FISH.script(commands))
                            .contains((name.startsWith("--") ? " -l " : " -s ") + name.replaceFirst("^--?", ""));
                }
            }
        }
    }

    @Test
    void examples_of_a_manual_page_stay_lines_of_their_own() {
        String page = ManualPage.of(command("open"), commands, "1.2.3", List.of());

        assertThat(page)
                .contains(".SH EXAMPLES\n.nf\n  ajar open 25565 ")
                .contains("\n  ajar open minecraft ")
                .contains("open \\- Open ports on the router")
                .doesNotContain("help.open");
    }

    /** An example that the command refuses is worse than none. */
    @Test
    void every_example_is_a_line_that_the_command_takes() {
        for (CommandReference command : commands) {
            List<String> examples = command.examples().stream()
                    .map(String::strip)
                    .filter(line -> line.startsWith("ajar "))
                    .toList();
            assertThat(examples).as("examples of %s", command.name()).isNotEmpty();
            for (String example : examples) {
                String typed = example.split(" {2,}| [|&>;<] |\\$\\(", 2)[0];
                List<String> words = new ArrayList<>(List.of(typed.split(" ")));
                words.removeFirst();
                // Its values are looked at where the command does nothing but ask the router of this test.
                boolean asking =
                        ASKING.contains(words.getFirst()) && !words.contains("--to") && !words.contains("NAME");
                Outcome outcome = asking ? run(words.toArray(String[]::new)) : parsed(words);
                assertThat(outcome.exitCode())
                        .as("%s: %s", typed, outcome.err())
                        .isNotEqualTo(ExitCode.USAGE.number());
            }
        }
    }

    private static final Set<String> ASKING =
            Set.of("open", "close", "list", "status", "guide", "routers", "help", "version");

    /** Help is asked for instead, which leaves what is unknown an error. */
    private static Outcome parsed(List<String> words) {
        List<String> asked = new ArrayList<>(words);
        asked.add(1, "--help");
        return run(asked.toArray(String[]::new));
    }

    @Test
    void a_line_that_looks_like_a_command_of_roff_is_text() {
        CommandReference odd = new CommandReference(
                "odd",
                ".so /etc/passwd",
                List.of(".so /etc/passwd", "a\\fB"),
                List.of("'quoted"),
                List.of(),
                List.of());

        assertThat(ManualPage.of(odd, List.of(odd), "1", List.of()).lines())
                .noneMatch(line -> line.startsWith(".so") || line.startsWith("'quoted") || line.contains("a\\fB"));
    }

    @Test
    void the_manual_has_every_exit_code() {
        assertThat(Messages.ENGLISH
                        .text(Message.of("manual.exit-codes"))
                        .lines()
                        .map(line -> line.split(" ", 2)[0]))
                .containsExactlyElementsOf(Stream.of(ExitCode.values())
                        .map(code -> String.valueOf(code.number()))
                        .toList());
    }

    @Test
    void completion_prints_a_script_or_says_what_it_takes() {
        assertThat(run("completion", "fish").out()).contains("complete -c ajar");
        assertThat(run("completion").exitCode()).isEqualTo(2);
        assertThat(run("completion", "tcsh").err()).contains("bash, zsh, fish and powershell");
        for (CompletionValues.More more : CompletionValues.More.values()) {
            assertThat(run("completion", more.asked()).exitCode())
                    .isEqualTo(more.asked().isEmpty() ? 2 : 0);
        }
    }

    /** What is offered must be right: a word that the command refuses is worse than none. */
    @Test
    void offered_values_are_taken() {
        for (String method : words("open", "--method")) {
            assertThat(run("open", "nonsense", "--method", method).err()).doesNotContain(method);
        }
        for (String lease : words("open", "--lease")) {
            assertThat(run("open", "nonsense", "--lease", lease).err()).contains("nonsense");
        }
        for (String router : words("guide", "--router").subList(0, 3)) {
            assertThat(run("guide", "25565", "--router", router).exitCode()).isZero();
        }
        assertThat(words("run", "--preset")).contains("minecraft").hasSizeGreaterThan(50);
    }

    /** Values of these are the user's own text, or on the internet. */
    private static final Set<String> FREE = Set.of(
            "--name",
            "--passive",
            "--from",
            "--allow",
            "--upstream-gateway",
            "--location",
            "--engine",
            "--url",
            "--user",
            "--namespace");

    @Test
    void every_option_whose_values_can_be_known_offers_them() {
        assertThat(commands.stream()
                        .flatMap(command -> command.options().stream())
                        .filter(option ->
                                !option.valueName().isEmpty() && option.words().equals(CompletionValues.NONE))
                        .flatMap(option -> option.names().stream())
                        .filter(name -> name.startsWith("--"))
                        .collect(Collectors.toSet()))
                .isSubsetOf(FREE);
    }

    /** No PowerShell is at hand here: each line that offers something is one that it reads so. */
    @Test
    void the_script_for_powershell_is_a_table_and_the_code_that_reads_it() {
        List<String> lines = Shell.POWERSHELL.script(commands).lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("    $offers[")))
                .hasSizeGreaterThan(100)
                .allMatch(line ->
                        line.matches(" {4}\\$offers\\['[a-z]*:(\\*|-\\*|--?[A-Za-z-]+)'\\] = '[^']*', '[A-Za-z_]+'"))
                .contains("    $offers['open:--interface'] = '', 'interfaces'");
        String code = String.join("\n", lines).replaceAll("'[^']*'|\"[^\"]*\"", "");
        for (String pair : List.of("{}", "()", "[]")) {
            assertThat(code.chars().filter(c -> c == pair.charAt(0)).count())
                    .as(pair)
                    .isEqualTo(code.chars().filter(c -> c == pair.charAt(1)).count());
        }
    }

    private static List<String> words(String command, String option) {
        return command(command).options().stream()
                .filter(one -> one.names().contains(option))
                .findFirst()
                .orElseThrow()
                .words()
                .known();
    }
}
