package dev.ajar.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.catalog.Application;
import dev.ajar.catalog.ApplicationCatalog;
import dev.ajar.model.Addresses;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.service.WatchReport;
import dev.ajar.service.WatchRow;
import dev.ajar.simulator.EmbeddedRouter;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.MemoryStateStore;
import dev.ajar.system.SystemTimeline;
import dev.ajar.system.host.ListeningSocket;
import dev.ajar.testing.CliHarness;
import dev.ajar.testing.CliHarness.Outcome;
import dev.ajar.testing.FakeHostProbe;
import dev.ajar.testing.NoDaemon;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ports of a console or a camera never lead to this machine unasked. */
class DevicePresetTest {
    private static EmbeddedRouter router;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start() throws IOException {
        router = EmbeddedRouter.start(RouterScript.standard(), new SystemTimeline());
    }

    @AfterAll
    static void stop() {
        router.close();
    }

    private static List<String> devices() {
        return new ApplicationCatalog()
                .all().stream().filter(Application::device).map(Application::id).toList();
    }

    private CliHarness ajar() {
        return new CliHarness(router, new MemoryStateStore());
    }

    private Outcome configured(String preset, String more) throws IOException {
        Path file = folder.resolve("ajar.toml");
        Files.writeString(file, "[[mapping]]\npreset = \"" + preset + "\"\nyes_expose = [\"" + preset + "\"]\n" + more);
        return ajar().run("config", "check", file.toString());
    }

    @ParameterizedTest
    @MethodSource("devices")
    void every_way_to_open_asks_for_the_device(String preset) throws IOException {
        for (String line : List.of(
                "open " + preset + " --yes-expose " + preset,
                "guide " + preset,
                "run --preset " + preset + " -- server",
                "run --open " + preset + " -- server",
                "check " + preset,
                "doctor " + preset)) {
            Outcome outcome = ajar().run(line.split(" "));
            assertThat(outcome.exitCode()).as(line + outcome.err()).isEqualTo(2);
            assertThat(outcome.err()).as(line).contains(" is a device of its own");
        }
        assertThat(configured(preset, "").exitCode()).isEqualTo(78);
        assertThat(configured(preset, "").err()).contains(" is a device of its own");
        assertThat(configured(preset, "to = \"192.168.1.20\"\n").exitCode()).isZero();
        assertThat(router.table()).isEmpty();
    }

    @Test
    void ones_own_preset_keeps_what_the_device_needs() throws IOException {
        Path file = folder.resolve("ajar.toml");
        CliHarness ajar = ajar().configured(file);
        assertThat(ajar.run("presets", "save", "evening", "25565", "xbox").exitCode())
                .isZero();
        assertThat(ajar.run("open", "evening").err()).contains(" is a device of its own");
        assertThat(configured("evening", "").err()).contains(" is a device of its own");
    }

    /** Such as a server of video streams. */
    @Test
    void a_program_of_this_machine_may_have_the_devices_place() {
        FakeHostProbe machine = new FakeHostProbe(router.lan().routes());
        machine.listeners =
                Optional.of(List.of(new ListeningSocket(TransportProtocol.TCP, Samples.ip("0.0.0.0"), new Port(554))));
        CliHarness ajar = new CliHarness(router, new MemoryStateStore(), machine);
        assertThat(ajar.run("check", "rtsp").exitCode()).isNotEqualTo(2);
        assertThat(ajar.run("open", "rtsp").exitCode()).isZero();
        assertThat(ajar.run("close", "rtsp").exitCode()).isZero();
    }

    /** It may have crashed, which is what the command is to find. */
    @Test
    void a_port_that_leads_to_this_machine_is_looked_at() {
        String here = Addresses.text(router.lan().routes().getFirst().localAddress());
        WatchRow row = new WatchRow(
                "tcp 554",
                here + ":554",
                "UPnP IGD",
                WatchRow.State.OPEN,
                Optional.empty(),
                WatchRow.NOTHING,
                Optional.empty());
        CliHarness ajar = ajar().behind(new NoDaemon() {
            @Override
            public Result<WatchReport> watch() {
                return Result.ok(new WatchReport(Optional.empty(), List.of(row), List.of(), List.of(), List.of()));
            }
        });
        assertThat(ajar.run("check", "rtsp").err()).doesNotContain("device of its own");
        assertThat(ajar.run("check", "xbox").err()).contains("device of its own");
    }

    @Test
    void where_listeners_cannot_be_read_nothing_is_refused() {
        FakeHostProbe machine = new FakeHostProbe(router.lan().routes());
        machine.listeners = Optional.empty();
        CliHarness ajar = new CliHarness(router, new MemoryStateStore(), machine);
        assertThat(ajar.run("check", "rtsp").err()).doesNotContain("device of its own");
        assertThat(ajar().run("doctor", "rtsp").err()).contains("ajar doctor 554");
    }

    @Test
    void the_catalogue_says_which_they_are() {
        assertThat(ajar().run("presets", "show", "xbox").out()).contains("ajar open xbox --to ADDRESS");
        assertThat(ajar().run("presets", "show", "minecraft").out()).contains("ajar open minecraft\n");
        assertThat(ajar().run("presets", "show", "xbox", "--json").out()).contains("\"device\":true");
        assertThat(devices()).contains("xbox", "playstation", "rtsp").doesNotContain("minecraft");
    }
}
