package dev.ajar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.cli.reference.CommandReference;
import dev.ajar.cli.render.LogText;
import dev.ajar.cli.render.TroubleFilter;
import dev.ajar.container.EngineAddress;
import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.launch.Launch;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.PageLink;
import dev.ajar.service.RelayRequest;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.WatchReport;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.host.FirewallState;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command has {@code -q}, and keeps to it. */
class QuietTest {
    private static EmbeddedRouter router;

    @TempDir
    private Path folder = Path.of("");

    private final MemoryStateStore store = new MemoryStateStore();

    @BeforeAll
    static void start() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    /** All goes well; what goes on tells of every event. */
    private final class Machine extends NoDaemon {
        @Override
        public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<Message> log) {
            EventSamples.all().stream()
                    .map(EventText::of)
                    .map(line -> Message.of("daemon.log-line", "time", "12:00", "line", line))
                    .forEach(log);
            return Optional.empty();
        }

        @Override
        public Optional<Failure> containers(
                List<EngineAddress> engines, Optional<Path> config, boolean keep, Consumer<Message> log) {
            return daemon(config, keep, log);
        }

        @Override
        public Optional<Failure> daemonWithPage(
                Optional<Path> config, String language, Consumer<PageLink> ready, Consumer<Message> log) {
            ready.accept(new PageLink("{}", "http://127.0.0.1:1/", "http://127.0.0.1:1/#token", folder));
            return daemon(config, true, log);
        }

        @Override
        public Optional<Failure> relay(
                RelayRequest request, Runnable ready, Consumer<KeeperEvent> told, Consumer<Message> log) {
            ready.run();
            EventSamples.all().forEach(told);
            log.accept(Message.of("relaying.waiting", "count", 1, "seconds", 5));
            return Optional.empty();
        }

        @Override
        public List<RelayReport> relays() {
            return List.of();
        }

        @Override
        public StopReport stopRelays(ServiceRequest.StopRelays request) {
            return new StopReport(List.of(), List.of(), Optional.empty());
        }

        @Override
        public Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting) {
            return Result.ok(new RenewalResult(List.of(), List.of(), 1, List.of()));
        }

        @Override
        public Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
            EventSamples.all().forEach(told);
            return new Launch.LaunchOutcome.Ended(0);
        }

        @Override
        public Result<WatchReport> watch() {
            return Result.ok(new WatchReport(Optional.empty(), List.of(), List.of(), List.of(), List.of()));
        }

        @Override
        public Optional<Path> configPlace() {
            return Optional.of(folder.resolve("ajar.toml"));
        }
    }

    private CliHarness ajar() {
        return new CliHarness(router, store).behind(new Machine());
    }

    private List<CommandReference> commands() {
        return ajar().reference().stream().filter(command -> !command.isRoot()).toList();
    }

    /** Where all is well, nothing at all is printed. */
    private static final List<String> SILENT = List.of(
            "open 25565",
            "open minecraft",
            "list",
            "status",
            "discover",
            "extend 25565 --for 3h",
            "close 25565",
            "close --all",
            "open --method manual 8080",
            "renew",
            "relay status",
            "relay list",
            "relay stop all",
            "presets",
            "presets show minecraft",
            "presets save evening 25565",
            "routers",
            "config check",
            "demo");

    /** The answer is all that the command is for. */
    private static final List<String> ANSWERING = List.of(
            "address", "guide rdp", "completion bash", "help open", "version", "watch --once", "web --no-browser");

    /** They go on until they are ended, and tell what happens meanwhile. */
    private static final List<String> LASTING =
            List.of("daemon", "containers", "kubernetes", "relay 8554:192.168.1.20:554", "run --open 25565 -- server");

    /** What no ordinary home makes silent; with a test of its own. */
    private static final Set<String> ELSEWHERE = Set.of("check", "doctor", "service", "router");

    @Test
    void every_command_has_the_option() {
        assertThat(commands())
                .allSatisfy(command -> assertThat(command.options())
                        .as(command.name())
                        .anyMatch(option -> option.names().equals(List.of("-q", "--quiet"))));
    }

    @Test
    void every_command_is_tried() {
        Set<String> tried = Stream.of(SILENT, ANSWERING, LASTING)
                .flatMap(List::stream)
                .map(line -> line.split(" ", 2)[0])
                .collect(Collectors.toSet());
        tried.addAll(ELSEWHERE);
        assertThat(commands()).extracting(CommandReference::name).containsExactlyInAnyOrderElementsOf(tried);
    }

    private Outcome quiet(String line) {
        String first = line.split(" ", 2)[0];
        return ajar().run((first + " -q" + line.substring(first.length())).split(" "));
    }

    @Test
    void nothing_is_printed_where_all_went_well() throws IOException {
        Files.writeString(folder.resolve("ajar.toml"), "[[mapping]]\npreset = \"minecraft\"\n");
        for (String line : SILENT) {
            assertThat(quiet(line)).as(line).isEqualTo(new Outcome(0, "", ""));
        }
    }

    @Test
    void an_answer_is_printed_alone() {
        Map<String, String> remarks = new LinkedHashMap<>();
        for (String line : ANSWERING) {
            Outcome outcome = quiet(line);
            assertThat(outcome.exitCode()).as(line).isZero();
            assertThat(outcome.out())
                    .as(line)
                    .isEqualTo(ajar().run(line.split(" ")).out())
                    .isNotBlank();
            outcome.err().lines().forEach(remark -> remarks.put(remark, line));
        }
        // A page that stays on is the daemon's, and tells its troubles.
        remarks.values().removeIf("web --no-browser"::equals);
        assertThat(remarks).isEmpty();
    }

    @Test
    void what_lasts_tells_of_trouble_and_its_end() {
        for (String line : LASTING) {
            Outcome outcome = quiet(line);
            assertThat(outcome.exitCode()).as(line).isZero();
            assertThat(outcome.out()).as(line).isEmpty();
            assertThat(outcome.err())
                    .as(line)
                    .contains("lost  tcp 25565", "open again", "not open  tcp 25565", "state file cannot be written")
                    .doesNotContainPattern("(?m)^(12:00 +|ajar: )?open {2}|Friends|waiting up to");
        }
    }

    @Test
    void a_log_has_ordinary_lines_and_troubles() {
        assertThat(EventSamples.all().stream()
                        .filter(event -> !LogText.isTrouble(EventText.of(event)))
                        .map(KeeperEvent::code))
                .containsOnly("opened", "closed", "address_changed", "network_changed", "resumed");
        assertThat(LogText.isTrouble(
                        EventText.of(new KeeperEvent.AddressChanged(EventSamples.GATEWAY, Optional.empty()))))
                .isTrue();
    }

    private static Message opened() {
        return EventText.of(new KeeperEvent.Opened(EventSamples.DESIRED, EventSamples.LEASE, Optional.empty()));
    }

    private static Message failed() {
        return EventText.of(new KeeperEvent.Failed(EventSamples.DESIRED, new Failure.TimedOut(Message.verbatim("no"))));
    }

    private static Message address(String... now) {
        return EventText.of(new KeeperEvent.AddressChanged(
                EventSamples.GATEWAY, Stream.of(now).map(Samples::ip).findFirst()));
    }

    /** A line that is ordinary by itself is told where it ends what was told as trouble. */
    @Test
    void the_end_of_trouble_is_told_once() {
        TroubleFilter filter = new TroubleFilter();
        assertThat(Stream.of(opened(), failed(), opened(), opened()).map(filter::tells))
                .containsExactly(false, true, true, false);
        assertThat(Stream.of(address("203.0.113.7"), address(), address("203.0.113.8"), address("203.0.113.7"))
                        .map(filter::tells))
                .containsExactly(false, true, true, false);
        Message kept = Message.of("daemon.configuration-kept", "why", "no");
        Message read = Message.of("daemon.configuration-read");
        assertThat(Stream.of(read, kept, read, read)
                        .map(line -> Message.of("daemon.log-line", "time", "12:00", "line", line))
                        .map(filter::tells))
                .containsExactly(false, true, true, false);
    }

    private static FakeHostProbe barred(EmbeddedRouter home) {
        FakeHostProbe machine = new FakeHostProbe(home.lan().routes());
        machine.firewall = new FirewallState.Closed("fakewall", "fakewall allow");
        return machine;
    }

    @Test
    void status_and_list_tell_of_a_port_that_is_open_in_vain() throws IOException {
        try (EmbeddedRouter own = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            CliHarness home = new CliHarness(own, store, barred(own));
            assertThat(home.run("open", "25565").exitCode()).isZero();
            for (String command : List.of("status", "list")) {
                assertThat(home.run(command, "-q").err()).as(command).contains("fakewall allow");
            }
        }
    }

    @Test
    void status_and_list_tell_of_a_port_that_is_lost() throws IOException {
        try (EmbeddedRouter forgetful = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline())) {
            CliHarness home = new CliHarness(forgetful, store);
            assertThat(home.run("open", "25565", "--method", "upnp").exitCode()).isZero();
            assertThat(home.run("status", "-q")).isEqualTo(new Outcome(0, "", ""));
            forgetful.forgetEverything();
            for (String command : List.of("status", "list")) {
                assertThat(home.run(command, "-q")).as(command).isEqualTo(home.run(command));
                assertThat(home.run(command, "-q").out()).as(command).containsPattern("25565.*(lost|gone)");
            }
        }
    }

    @Test
    void what_lasts_tells_that_friends_are_kept_out() {
        for (String line : List.of("relay -q 8554:192.168.1.20:554", "run -q --open 25565 -- server")) {
            Outcome outcome = new CliHarness(router, store, barred(router))
                    .behind(new Machine())
                    .run(line.split(" "));
            assertThat(outcome.out()).as(line).isEmpty();
            assertThat(outcome.err()).as(line).contains("fakewall allow");
        }
    }

    /** An exit code alone would not say what. */
    @Test
    void what_is_not_well_is_told() {
        for (String line : List.of("check 25565", "doctor 25565")) {
            Outcome outcome = quiet(line);
            Outcome loud = ajar().run(line.split(" "));
            assertThat(outcome.exitCode()).as(line).isEqualTo(loud.exitCode()).isNotZero();
            assertThat(outcome.out()).as(line).isEqualTo(loud.out()).isNotBlank();
        }
        assertThat(quiet("service status").err()).contains("no way of starting background tasks");
        assertThat(quiet("router list").err()).isNotBlank();
        assertThat(quiet("open rdp").err()).contains("Remote Desktop");
    }
}
