package dev.ajar.app;

import dev.ajar.doctor.Diagnosis;
import dev.ajar.doctor.FactCollector;
import dev.ajar.doctor.Facts;
import dev.ajar.embed.EmbeddedMachine;
import dev.ajar.history.EventLog;
import dev.ajar.keeper.model.OwnerScope;
import dev.ajar.mapping.PortMapper;
import dev.ajar.mapping.report.StatusReport;
import dev.ajar.mapping.request.Progress;
import dev.ajar.mapping.request.TimeBudget;
import dev.ajar.model.GatewaySelector;
import dev.ajar.model.Mapping;
import dev.ajar.model.Result;
import dev.ajar.state.Owner;
import dev.ajar.state.StateStore;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.state.file.FileWatch;
import dev.ajar.state.file.StateFolder;
import dev.ajar.state.file.SystemBootClock;
import dev.ajar.system.Processes;
import dev.ajar.system.SecureNonces;
import dev.ajar.system.SystemProcesses;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** Puts ajar together for a program that has it inside. Loads nothing of the command line. */
public final class Library {
    /** Keeps apart several keepers of one process; a process is recognised with a tolerance of two seconds. */
    private static final Duration SPREAD = Duration.ofMillis(900);

    private Library() {}

    /**
     * This machine.
     *
     * @param stateFolder empty for that of the command line, which shares it
     * @param warnings receives a line for people when the state file was damaged
     */
    public static Result<EmbeddedMachine> thisMachine(Optional<Path> stateFolder, Consumer<String> warnings) {
        return stateFolder
                .map(Result::ok)
                .orElseGet(() -> StateFolder.locate(System.getenv()))
                .map(folder -> machine(Wiring.real(), folder, warnings));
    }

    /** A machine on that network. */
    public static EmbeddedMachine machine(Wiring wiring, Path stateFolder, Consumer<String> warnings) {
        Processes processes = new SystemProcesses();
        Processes.Identity self = processes.self();
        long apart = new SecureNonces().nextLong(SPREAD.toNanos());
        Owner.Launch owner = new Owner.Launch(self.pid(), self.started().plusNanos(apart));
        StateStore disk =
                new FileStateStore(stateFolder, wiring.protocols(), new SystemBootClock(wiring.timeline()), warnings);
        return new EmbeddedMachine(
                wiring.timeline(),
                disk,
                new FileWatch(stateFolder),
                owner,
                (store, events) ->
                        wiring.keeper(store, OwnerScope.ofLaunch(owner, other -> lives(processes, other)), events),
                EventLog.in(stateFolder, wiring.timeline(), failure -> {}),
                () -> address(wiring.forOneCommand().actions(disk, Progress.silent())),
                port -> diagnosis(wiring.forOneCommand(), disk, port));
    }

    private static boolean lives(Processes processes, Owner.Launch launch) {
        return processes.lives(new Processes.Identity(launch.pid(), launch.started()));
    }

    private static Result<Optional<InetAddress>> address(PortMapper mapper) {
        StatusReport report = mapper.status(GatewaySelector.AUTO, TimeBudget.DEFAULT);
        return report.failure()
                .<Result<Optional<InetAddress>>>map(Result::err)
                .orElseGet(() -> Result.ok(report.externalAddress()));
    }

    private static Diagnosis diagnosis(Wiring wiring, StateStore disk, Optional<Mapping> named) {
        FactCollector collector =
                new FactCollector(wiring.actions(disk, Progress.silent()), wiring.hostProbe(), TimeBudget.DEFAULT);
        Facts router = collector.look(GatewaySelector.AUTO);
        return Diagnosis.of(
                named.map(port -> collector.trying(router, FactCollector.asOpened(port, router), GatewaySelector.AUTO))
                        .orElse(router));
    }
}
