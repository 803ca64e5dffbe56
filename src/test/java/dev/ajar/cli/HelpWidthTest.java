package dev.ajar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.render.Columns;
import dev.ajar.cli.render.Terminal;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.client.PortServices;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.LocalClock;
import dev.ajar.system.SystemTimeline;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help of every command on terminals of every width: word for word the same, within the terminal. */
@Tag("languages")
class HelpWidthTest {
    private static final int WIDEST = 200;
    private static final Set<String> LONGEST = Set.of("--help", "open --help", "relay --help");

    private static EmbeddedRouter router;

    @BeforeAll
    static void start() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    private static List<String> commands() {
        return new CliHarness(router, new MemoryStateStore())
                .reference().stream()
                        .map(CommandReference::name)
                        .map(name -> name.equals("ajar") ? "--help" : name + " --help")
                        .toList();
    }

    /** No router is asked for it, so no command is wired to one. */
    private static List<String> help(Messages messages, int columns, String words) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        int exitCode = new Cli(new CliContext(
                        new Terminal(writer, writer, false, true, columns, messages),
                        PortServices.withoutDaemon(
                                progress -> Result.err(new Failure.Usage(Message.verbatim("not in this test")))),
                        terminal -> true,
                        LocalClock.in(ZoneOffset.UTC),
                        name -> Optional.empty(),
                        new FakeHostProbe(List.of()),
                        new NoDaemon(),
                        Samples.PROTOCOLS))
                .run(words.split(" "));
        assertThat(exitCode).isZero();
        return out.toString().lines().toList();
    }

    /**
     * From 100 columns on it is as wide as that. Every width is tried in English: with the longest helps, and with a
     * third of the others, which are wrapped by the same code. In other languages: the narrowest, both sides of the
     * one where options begin to stand beside what they do, and the usual one.
     */
    private static IntStream widths(boolean english, String words) {
        int third = Math.floorMod(words.hashCode(), 3);
        return english
                ? IntStream.rangeClosed(40, 101)
                        .filter(columns -> LONGEST.contains(words) || columns % 3 == third || columns == 80)
                : IntStream.of(40, 54, 55, 80);
    }

    /** In any order, since a narrow terminal has options in another one. */
    private static List<String> words(Messages messages, List<String> lines) {
        // A line may end between any two Chinese characters.
        String between = messages.code().equals("zh_CN") ? "" : " ";
        String text = String.join(between, lines.stream().map(String::strip).toList());
        return messages.code().equals("zh_CN")
                ? text.codePoints()
                        .filter(c -> !Character.isWhitespace(c))
                        .sorted()
                        .mapToObj(Character::toString)
                        .toList()
                : Stream.of(text.split("\\s+")).sorted().toList();
    }

    /** As a terminal shows it, and as a file has it: the same but for the codes of colours. */
    @Test
    void colours_change_no_word() {
        for (String words : commands()) {
            CliHarness ajar = new CliHarness(router, new MemoryStateStore()).wide(80);
            String plain = ajar.run(words.split(" ")).out();
            String painted = ajar.coloured().run(words.split(" ")).out();

            assertThat(painted).contains("\u001b[");
            assertThat(painted.replaceAll("\u001b\\[[0-9;]*m", "")).as(words).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.ajar.testing.Languages#all")
    void no_word_is_cut_and_no_line_is_wider_than_the_terminal(Messages messages) {
        boolean english = messages == Messages.ENGLISH;
        List<String> wrong = new ArrayList<>();
        for (String words : commands()) {
            List<String> whole = words(messages, help(messages, WIDEST, words));
            widths(english, words).forEach(columns -> {
                List<String> lines = help(messages, columns, words);
                lines.stream()
                        // A path or an address that is wider alone is not cut.
                        .filter(line ->
                                Columns.of(line) > columns && !line.strip().matches("[!-~]+"))
                        .forEach(line -> wrong.add(columns + " ajar " + words + ": " + line));
                List<String> shown = words(messages, lines);
                if (!shown.equals(whole)) {
                    List<String> lost = new ArrayList<>(whole);
                    List<String> cut = new ArrayList<>(shown);
                    cut.removeIf(lost::remove);
                    wrong.add(columns + " ajar " + words + ": " + lost + " became " + cut);
                }
            });
        }

        assertThat(wrong).isEmpty();
    }
}
