package dev.ajar.background;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.background.ServiceManager.Place;
import dev.ajar.background.ServiceManager.State;
import dev.ajar.system.process.BoundedRun.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Units, agents and tasks, on answers as their documentation describes them. */
class BackgroundTaskTest {
    @TempDir
    Path home = Path.of(".");

    private final List<String> commands = new ArrayList<>();
    private Outcome answer = new Outcome.Ended(0, "");

    private Place place(String launcher) {
        return new Place(Path.of(launcher), home, home.resolve(".config"), "501");
    }

    private BackgroundTask task(ServiceManager manager) {
        return new BackgroundTask(manager, place("/opt/ajar/bin/ajar"), command -> {
            commands.add(String.join(" ", command));
            return answer;
        });
    }

    @Test
    void a_unit_of_systemd_is_written_enabled_and_started() throws IOException {
        BackgroundTask task = task(new SystemdUser());

        assertThat(task.install()).isEmpty();

        assertThat(Files.readString(home.resolve(".config/systemd/user/ajar.service")))
                .contains("\nExecStart=\"/opt/ajar/bin/ajar\" daemon\n", "\nType=notify\n", "WantedBy=default.target");
        assertThat(commands)
                .containsExactly(
                        "systemctl --user daemon-reload",
                        "systemctl --user enable ajar.service",
                        "systemctl --user restart ajar.service");
    }

    @Test
    void removal_stops_deletes_and_may_be_repeated() {
        BackgroundTask task = task(new SystemdUser());
        task.install();
        commands.clear();
        answer = new Outcome.Ended(0, "LoadState=loaded\nActiveState=active\n");

        assertThat(task.remove()).isEmpty();
        assertThat(task.file()).doesNotExist();
        assertThat(commands).contains("systemctl --user disable --now ajar.service", "systemctl --user daemon-reload");

        commands.clear();
        answer = new Outcome.Ended(0, "LoadState=not-found\nActiveState=inactive\n");
        assertThat(task.remove()).isEmpty();
        assertThat(commands).hasSize(1);
    }

    /** A percent sign is a specifier to systemd, a dollar a variable; a blank ends a word. */
    @Test
    void the_place_of_ajar_may_have_any_name() throws Exception {
        Place odd = place("/home/a b/100%/$HOME/\"q\"\\/<&>/bin/ajar");

        assertThat(new SystemdUser().description(odd))
                .contains("ExecStart=\"/home/a b/100%%/$$HOME/\\\"q\\\"\\\\/<&>/bin/ajar\" daemon");
        for (ServiceManager manager : List.of(new Launchd(), new TaskScheduler())) {
            var document = DocumentBuilderFactory.newDefaultInstance();
            document.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            String text = document.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(manager.description(odd).getBytes(manager.charset())))
                    .getDocumentElement()
                    .getTextContent();
            assertThat(text).contains("/home/a b/100%/$HOME/\"q\"\\/<&>/bin/ajar");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Linux", "Mac OS X", "Windows 11"})
    void a_file_of_the_users_own_is_left_alone(String system) throws IOException {
        BackgroundTask task = task(ServiceManager.of(system).orElseThrow());
        Files.createDirectories(task.file().getParent());
        Files.writeString(task.file(), "my own");

        assertThat(task.install().orElseThrow().toString()).contains("move it away");
        assertThat(task.remove()).isPresent();
        assertThat(task.file()).hasContent("my own");
        assertThat(commands).isEmpty();
    }

    @Test
    void a_command_that_fails_is_told_with_its_words() {
        answer = new Outcome.Ended(1, "Failed to connect to bus:\n No medium found\n");
        assertThat(task(new SystemdUser()).install().orElseThrow().toString())
                .isEqualTo("systemctl --user daemon-reload failed: Failed to connect to bus: No medium found");

        answer = new Outcome.NotStarted("error=2");
        assertThat(task(new SystemdUser()).install().orElseThrow().toString()).contains("no systemctl");
        assertThat(task(new SystemdUser()).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void systemd_tells_the_state() {
        SystemdUser systemd = new SystemdUser();
        assertThat(systemd.state(0, "LoadState=loaded\nActiveState=active\n")).isEqualTo(State.RUNNING);
        assertThat(systemd.state(0, "LoadState=loaded\nActiveState=failed\n")).isEqualTo(State.STOPPED);
        assertThat(systemd.state(0, "LoadState=not-found\nActiveState=inactive\n"))
                .isEqualTo(State.ABSENT);
        assertThat(systemd.state(1, "Failed to connect to bus: No medium found\n"))
                .isEqualTo(State.UNKNOWN);
        assertThat(systemd.state(0, "")).isEqualTo(State.UNKNOWN);
    }

    @Test
    void launchd_tells_the_state() {
        Launchd launchd = new Launchd();
        assertThat(launchd.state(
                        0, "gui/501/dev.ajar.daemon = {\n\tactive count = 1\n\tstate = running\n\tpid = 412\n}"))
                .isEqualTo(State.RUNNING);
        assertThat(launchd.state(0, "gui/501/dev.ajar.daemon = {\n\tstate = not running\n\tlast exit code = 78\n}"))
                .isEqualTo(State.STOPPED);
        assertThat(launchd.state(113, "Could not find service \"dev.ajar.daemon\" in domain for user gui: 501"))
                .isEqualTo(State.ABSENT);
        assertThat(launchd.state(125, "Domain does not support specified action"))
                .isEqualTo(State.UNKNOWN);
    }

    /** The text beside the XML is in the user's language; the XML is not. */
    @Test
    void the_task_scheduler_tells_the_state_in_any_language() {
        TaskScheduler scheduler = new TaskScheduler();
        assertThat(scheduler.state(0, "<Task version=\"1.2\">\n<Actions><Exec><Command>conhost.exe</Command></Exec>"))
                .isEqualTo(State.INSTALLED);
        assertThat(scheduler.state(1, "FEHLER: Das System kann die angegebene Datei nicht finden.\n"))
                .isEqualTo(State.ABSENT);
        assertThat(scheduler.state(0, "")).isEqualTo(State.UNKNOWN);
        assertThat(scheduler.description(place("C:\\Program Files\\ajar\\bin\\ajar.cmd")))
                .contains("--headless &quot;C:\\Program Files\\ajar\\bin\\ajar.cmd&quot; daemon", "LeastPrivilege");
    }

    /** schtasks refuses XML in UTF-8: "unable to switch the encoding". */
    @Test
    void the_task_is_written_in_utf_16_and_known_again() throws IOException {
        BackgroundTask task = task(new TaskScheduler());
        assertThat(task.install()).isEmpty();
        assertThat(Files.readAllBytes(task.file())).startsWith(0xFF, 0xFE, '<', 0, '?', 0);
        assertThat(Files.readString(task.file(), StandardCharsets.UTF_16))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-16\"?>");
        assertThat(task.install()).isEmpty();
        assertThat(task.remove()).isEmpty();
        assertThat(task.file()).doesNotExist();
    }

    @Test
    void a_task_of_an_earlier_version_is_known_too() throws IOException {
        BackgroundTask task = task(new TaskScheduler());
        Files.createDirectories(task.file().getParent());
        Files.writeString(task.file(), "<!-- made by ajar service install -->");
        assertThat(task.install()).isEmpty();
    }

    @Test
    void each_system_has_its_place() {
        Map<String, String> environment = Map.of(
                "HOME", home.toString(), "LOCALAPPDATA", home.resolve("Local").toString());

        assertThat(BackgroundTask.of(environment, "Linux", "/opt/ajar")
                        .orElseThrow()
                        .file())
                .isEqualTo(home.resolve(".config/systemd/user/ajar.service"));
        assertThat(BackgroundTask.of(environment, "Mac OS X", "/opt/ajar")
                        .orElseThrow()
                        .file())
                .isEqualTo(home.resolve("Library/LaunchAgents/dev.ajar.daemon.plist"));
        assertThat(BackgroundTask.of(environment, "Windows 11", "/opt/ajar")
                        .orElseThrow()
                        .file())
                .isEqualTo(home.resolve("Local/ajar/ajar-task.xml"));
        assertThat(BackgroundTask.of(environment, "SunOS", "/opt/ajar")).isEmpty();
        assertThat(BackgroundTask.of(environment, "Linux", "")).isEmpty();
    }
}
