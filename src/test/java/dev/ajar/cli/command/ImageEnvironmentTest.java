package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.Cli;
import dev.ajar.cli.context.CliContext;
import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.render.Terminal;
import dev.ajar.container.EngineAddress;
import dev.ajar.kubernetes.ClusterSettings;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.client.PortServices;
import dev.ajar.system.LocalClock;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command of an image is the same for all its users: what they would type is in the environment. */
class ImageEnvironmentTest {
    /** A value of each option, and of AJAR_NAME, by its name. */
    private static final Map<String, String> VALUES = Map.of(
            "keep",
            "true",
            "quiet",
            "true",
            "engine",
            "unix:///run/other.sock",
            "to",
            "192.168.1.20",
            "namespace",
            "games");

    /** Read where the configuration and the language are looked for, before there is a command. */
    private static final Set<String> ELSEWHERE = Set.of("config", "lang", "help");

    private final List<String> begun = new ArrayList<>();
    private final StringWriter told = new StringWriter();

    /** Whether a line of everyday is printed. */
    private boolean isTold(Consumer<Message> log) {
        int before = told.getBuffer().length();
        log.accept(Message.of("daemon.configuration-read"));
        return told.getBuffer().length() > before;
    }

    private final class Recorder extends NoDaemon {
        @Override
        public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<Message> log) {
            begun.add("daemon " + keep + isTold(log));
            return Optional.empty();
        }

        @Override
        public Optional<Failure> containers(
                List<EngineAddress> engines, Optional<Path> config, boolean keep, Consumer<Message> log) {
            begun.add("containers " + engines + keep + isTold(log));
            return Optional.empty();
        }

        @Override
        public Optional<Failure> kubernetes(ClusterSettings settings, Consumer<Message> log) {
            begun.add("kubernetes " + settings + isTold(log));
            return Optional.empty();
        }
    }

    private Cli cli(Map<String, String> settings) {
        PrintWriter out = new PrintWriter(told, true);
        return new Cli(new CliContext(
                new Terminal(out, out, false, true),
                PortServices.withoutDaemon(
                        progress -> Result.err(new Failure.Usage(Message.verbatim("not in this test")))),
                terminal -> true,
                LocalClock.in(ZoneOffset.UTC),
                name -> Optional.ofNullable(settings.get(name)),
                new FakeHostProbe(List.of()),
                new Recorder(),
                Samples.PROTOCOLS));
    }

    private Set<String> options(String command) {
        CommandReference found = cli(Map.of()).reference().stream()
                .filter(one -> one.name().equals(command))
                .findFirst()
                .orElseThrow();
        Set<String> names = new TreeSet<>();
        found.options()
                .forEach(option -> option.names().stream()
                        .filter(name -> name.startsWith("--"))
                        .map(name -> name.substring(2))
                        .forEach(names::add));
        names.removeAll(ELSEWHERE);
        return names;
    }

    @ParameterizedTest
    @ValueSource(strings = {"daemon", "containers", "kubernetes"})
    void each_option_of_what_an_image_runs_has_its_variable(String command) {
        Set<String> options = options(command);
        assertThat(options).contains("keep");
        assertThat(cli(Map.of()).run(command)).isZero();
        for (String option : options) {
            assertThat(VALUES).as("a value of --%s, and its variable", option).containsKey(option);
            String value = VALUES.getOrDefault(option, "");
            String typed = Set.of("keep", "quiet").contains(option) ? "--" + option : "--" + option + "=" + value;
            begun.clear();
            assertThat(cli(Map.of()).run(command, typed)).as("%s", told).isZero();
            assertThat(cli(Map.of(option, value)).run(command)).as("%s", told).isZero();
            assertThat(begun).as("AJAR_%s", option).hasSize(2);
            assertThat(begun.getLast()).as("AJAR_%s", option).isEqualTo(begun.getFirst());
            assertThat(cli(Map.of()).run(command)).isZero();
            assertThat(begun.getLast()).as("without it").isNotEqualTo(begun.getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"daemon", "containers", "kubernetes"})
    void what_is_neither_yes_nor_no_is_said(String command) {
        assertThat(cli(Map.of("keep", "yes")).run(command)).isEqualTo(2);
        assertThat(told.toString()).startsWith("ajar: AJAR_KEEP is true or false");
        assertThat(cli(Map.of("keep", "false")).run(command)).isZero();
    }
}
