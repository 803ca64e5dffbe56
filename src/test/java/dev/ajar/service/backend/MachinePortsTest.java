package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ServiceSocket;
import dev.ajar.control.SocketLocation;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.client.DaemonLink;
import dev.ajar.service.client.MachinePorts;
import dev.ajar.state.Snapshot;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.testing.EventSamples;
import dev.ajar.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which daemon a command asks: the user's own, or the service of the machine. */
class MachinePortsTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path run = folder;
    private Path state = folder;
    private Optional<ServiceFixture> machine = Optional.empty();
    private Optional<TestedDaemon> service = Optional.empty();

    @BeforeEach
    void service() throws IOException {
        run = Files.createDirectory(folder.resolve("run")).resolve("ajar");
        state = folder.resolve("home/.local/state/ajar");
        Files.createDirectories(run);
        Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(folder.resolve("run"), PosixFilePermissions.fromString("rwxr-xr-x"));
        machine = Optional.of(new ServiceFixture(folder));
        service = Optional.of(new TestedDaemon(machine.orElseThrow(), run));
        Files.setPosixFilePermissions(place(), PosixFilePermissions.fromString("rw-rw----"));
    }

    @AfterEach
    void end() throws IOException {
        if (service.isPresent()) {
            service.get().close();
        }
        machine.ifPresent(ServiceFixture::close);
    }

    private Path place() {
        return run.resolve("control.sock");
    }

    private MachinePorts ports(boolean member) {
        return ports(member, Map.of("HOME", folder.resolve("home").toString()));
    }

    private MachinePorts ports(boolean member, Map<String, String> environment) {
        ServiceContext context = machine.orElseThrow().context(environment);
        return new MachinePorts(
                context,
                new LocalBackend(context),
                progress -> Result.err(new Failure.BadState(Message.verbatim("not asked"))),
                false,
                new ServiceSocket(run, place -> member));
    }

    private void writeOwnState() throws IOException {
        Files.createDirectories(state);
        Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwx------"));
        FileStateStore own = new FileStateStore(state, Samples.PROTOCOLS, warning -> {});
        Snapshot opened = new Snapshot(List.of(EventSamples.DESIRED), List.of(), List.of(), List.of(), List.of());
        assertThat(own.save(opened).toOptional()).isPresent();
    }

    @Test
    void a_member_asks_the_service_and_hears_no_notice() {
        assertThat(ports(true).daemon()).map(DaemonLink::place).contains(place());
        assertThat(ports(true).notice()).isEmpty();
    }

    @Test
    void another_user_has_no_daemon_and_is_told_the_group() {
        assertThat(ports(false).daemon()).isEmpty();
        assertThat(ports(false).notice().map(Message::toString).orElse(""))
                .contains("is for the group ")
                .contains("sudo usermod -aG ");
    }

    @Test
    void the_users_own_daemon_comes_first() throws IOException {
        Files.createDirectories(state);
        try (TestedDaemon own = new TestedDaemon(machine.orElseThrow(), state)) {
            assertThat(own).isNotNull();
            SocketLocation.announce(state, state.resolve("control.sock"));
            assertThat(ports(true).daemon()).map(DaemonLink::place).contains(state.resolve("control.sock"));
        }
    }

    @Test
    void what_the_user_has_opened_stays_in_sight() throws IOException {
        writeOwnState();
        assertThat(ports(true).daemon()).isEmpty();
        assertThat(ports(false).notice()).isEmpty();
    }

    @Test
    void a_folder_that_the_environment_names_is_meant() {
        Map<String, String> named =
                Map.of("AJAR_STATE_HOME", folder.resolve("named").toString());
        assertThat(ports(true, named).daemon()).isEmpty();
        assertThat(ports(false, named).notice()).isEmpty();
    }
}
