package dev.ajar.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.ajar.embed.EmbeddedMachine;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.request.Progress;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.TransportProtocol;
import dev.ajar.simulator.Fault;
import dev.ajar.simulator.Reaction;
import dev.ajar.simulator.RouterScript;
import dev.ajar.state.Snapshot;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** The state file, which a program shares with the command line and the disk may refuse. */
class AjarStateFileTest extends LibraryTests {

    private FileStateStore file(LibraryHome home) {
        return new FileStateStore(stateFolder(), home.wiring().protocols(), warning -> {});
    }

    @Test
    void a_state_file_that_cannot_be_written_keeps_the_router_unasked() throws IOException {
        LibraryHome home = home();
        Files.writeString(stateFolder(), "a file in the place of the folder");

        AjarException why =
                catchThrowableOfType(AjarException.class, () -> home.program().openAndWait(PortRequest.tcp(25565)));

        assertThat(why.reason()).isEqualTo(Reason.STATE_FILE);
        assertThat(home.router().asked()).doesNotContain("AddPortMapping", "pcp-map", "nat-pmp-map");
    }

    private void closeByCommand(LibraryHome home) {
        PortMapper command = home.wiring().actions(file(home), Progress.silent());
        CloseReport.CloseRequest named =
                new CloseReport.CloseRequest(TransportProtocol.TCP, new Port(25565), new Port(25565));
        // The keeper may have the lock at that moment.
        await().atMost(LONG)
                .until(() -> command.close(List.of(named), GatewaySelector.AUTO, false, Duration.ofSeconds(10))
                        .failure()
                        .isEmpty());
    }

    @Test
    void what_the_user_closes_with_the_command_stays_closed() throws Exception {
        LibraryHome home = home();
        OpenPort port = home.program().openAndWait(PortRequest.tcp(25565));

        closeByCommand(home);

        await().atMost(LONG).until(() -> port.state() instanceof PortState.Closed);
        assertThat(home.router().table()).isEmpty();
    }

    @Test
    void a_refused_port_that_the_user_closes_is_closed() {
        Fault refuses = Fault.always("AddPortMapping", new Reaction.SoapFault(606, "not authorised"));
        LibraryHome home =
                home(RouterScript.standard().speaking(RouterScript.Speaks.UPNP).with(refuses));
        OpenPort port = home.program().keepOpen(PortRequest.tcp(25565));
        await().atMost(LONG).until(() -> port.state() instanceof PortState.Refused);

        closeByCommand(home);

        await().atMost(LONG).until(() -> port.state() instanceof PortState.Closed);
    }

    /** A disk that is full for a while: it can be read and locked. */
    private static final class Disk implements StateStore {
        private final StateStore real;
        private final AtomicBoolean full;
        private final String why;

        Disk(StateStore real, AtomicBoolean full, String why) {
            this.real = real;
            this.full = full;
            this.why = why;
        }

        @Override
        public Result<Snapshot> load() {
            return real.load();
        }

        @Override
        public boolean isMissing() {
            return real.isMissing();
        }

        @Override
        public Result<Written> save(Snapshot snapshot) {
            return full.get() ? Result.err(new Failure.BadState(Message.verbatim(why))) : real.save(snapshot);
        }

        @Override
        public Result<Lock> lock() {
            return real.lock();
        }
    }

    /** No other test has the same. */
    private String noSpace() {
        return "no space is left in " + folder;
    }

    private EmbeddedMachine with(EmbeddedMachine real, AtomicBoolean full) {
        return new EmbeddedMachine(
                real.timeline(),
                new Disk(real.disk(), full, noSpace()),
                real.written(),
                real.owner(),
                real.keepers(),
                real.history(),
                real.address(),
                real.doctor());
    }

    @Test
    void a_full_disk_keeps_no_port_open() throws Exception {
        LibraryHome home = home();
        AtomicBoolean full = new AtomicBoolean();
        Ajar ajar = home.program(() -> home.machine().map(real -> with(real, full)), (port, before, now) -> {});
        OpenPort port = ajar.openAndWait(PortRequest.tcp(25565));
        OpenPort other = ajar.openAndWait(PortRequest.udp(27015));
        full.set(true);

        List<String> warnings = warnings(() -> {
            port.close();
            assertThat(home.router().table()).singleElement().asString().contains("27015");
            assertThat(port.state()).isEqualTo(new PortState.Closed());
        });
        assertThat(warnings).filteredOn(noSpace()::equals).hasSize(1);
        assertThat(other.isOpen()).isTrue();

        full.set(false);
        other.close();
        assertThat(home.router().table()).isEmpty();
        assertThat(file(home).load().toOptional())
                .hasValueSatisfying(left -> assertThat(left.desiredMappings()).isEmpty());
    }

    @Test
    void the_end_of_a_program_on_a_full_disk_closes_its_ports() throws Exception {
        LibraryHome home = home();
        AtomicBoolean full = new AtomicBoolean();
        Ajar ajar = home.program(() -> home.machine().map(real -> with(real, full)), (port, before, now) -> {});
        assertThat(ajar.openAndWait(PortRequest.tcp(25565)).isOpen()).isTrue();
        full.set(true);

        List<String> warnings = warnings(ajar::close);
        assertThat(home.router().table()).isEmpty();
        assertThat(warnings).filteredOn(noSpace()::equals).hasSize(1);
    }

    /** What is logged meanwhile, as the JDK passes it on. */
    private static List<String> warnings(Runnable work) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger("dev.ajar");
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return lines;
    }
}
