package dev.ajar.app;

import dev.ajar.cli.Cli;
import dev.ajar.cli.command.CliContext;
import dev.ajar.cli.command.CommandBackend;
import dev.ajar.cli.command.DaemonClient;
import dev.ajar.cli.command.RelayRequest;
import dev.ajar.cli.render.RelayReport;
import dev.ajar.cli.render.Terminal;
import dev.ajar.cli.render.WatchRow;
import dev.ajar.control.ControlRequest;
import dev.ajar.daemon.EventText;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.TrackedMapping;
import dev.ajar.launch.Launch;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.StateStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Commands as the daemon carries them out: by the same command line, on its own notes. Called by its owner thread alone. */
final class DaemonBackend implements CommandBackend {
    /** Of one renewal; between renewals nobody reads them. */
    private static final int MOST_RECENT = 1000;

    private final Wiring wiring;
    private final LocalBackend localBackend;
    private final Map<DesiredMapping, String> last = new HashMap<>();
    private final List<KeeperEvent> recent = new ArrayList<>();
    private Optional<Keeper> keeper = Optional.empty();

    DaemonBackend(Wiring wiring, LocalBackend localBackend) {
        this.wiring = wiring;
        this.localBackend = localBackend;
    }

    Keeper remember(Keeper made) {
        keeper = Optional.of(made);
        return made;
    }

    /** Remembers what happened last to each mapping. */
    Consumer<KeeperEvent> listening(Consumer<KeeperEvent> others) {
        return event -> {
            event.about().ifPresent(desired -> last.put(desired, shortly(event)));
            if (recent.size() < MOST_RECENT) {
                recent.add(event);
            }
            others.accept(event);
        };
    }

    private static String shortly(KeeperEvent event) {
        String text = EventText.of(event);
        int end = text.indexOf("  ");
        return end < 0 ? text : text.substring(0, end);
    }

    ControlRequest.Response carryOut(ControlRequest controlRequest, StateStore store) {
        keeper.ifPresent(there -> last.keySet()
                .retainAll(there.tracked().stream().map(TrackedMapping::desired).toList()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                controlRequest.colour(),
                controlRequest.unicode());
        CliContext context = new CliContext(
                terminal,
                progress -> Result.ok(wiring.actions(store, dev.ajar.mapping.Progress.SILENT)),
                shown -> false,
                ZoneId.systemDefault(),
                name -> Optional.ofNullable(controlRequest.settings().get(name)),
                DaemonClient.NOBODY,
                keeper(),
                wiring.hostProbe(),
                this);
        int exitCode = new Cli(context).run(controlRequest.arguments().toArray(String[]::new));
        return new ControlRequest.Response(exitCode, out.toString(), err.toString());
    }

    @Override
    public Optional<String> keeper() {
        return Optional.of("the ajar daemon, process " + ProcessHandle.current().pid());
    }

    @Override
    public Result<RenewalResult> renew(Optional<Path> config) {
        recent.clear();
        keeper.ifPresent(Keeper::pass);
        return keeper.<Result<RenewalResult>>map(there -> Result.ok(LocalBackend.passOf(there, List.copyOf(recent))))
                .orElseGet(() -> Result.err(new Failure.Busy(Message.verbatim("the daemon is just starting"))));
    }

    @Override
    public Result<List<WatchRow>> watch() {
        return Result.ok(keeper.map(there ->
                        WatchRows.of(there.tracked(), last, wiring.timeline().elapsed()))
                .orElse(List.of()));
    }

    @Override
    public boolean pause(Duration time) {
        return false;
    }

    @Override
    public Optional<Path> configPlace() {
        return localBackend.configPlace();
    }

    @Override
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<String> log) {
        return Optional.of(new Failure.Busy(Message.verbatim("the daemon runs already")));
    }

    @Override
    public Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return new Launch.LaunchOutcome.NotRun(
                new Failure.Unsafe(Message.verbatim("the daemon starts no programs"), Message.verbatim("Run it from a terminal of your own.")));
    }

    @Override
    public Optional<Failure> relay(
            RelayRequest order, Runnable ready, Consumer<KeeperEvent> told, Consumer<String> log) {
        return Optional.of(new Failure.Unsafe(
                Message.verbatim("the daemon carries what its configuration names"), Message.verbatim("Run it from a terminal of your own.")));
    }

    @Override
    public List<RelayReport> relays() {
        return localBackend.relays();
    }
}
