package dev.ajar.app;

import dev.ajar.cli.Cli;
import dev.ajar.cli.Elsewhere;
import dev.ajar.cli.Life;
import dev.ajar.cli.RelayOrder;
import dev.ajar.cli.Surroundings;
import dev.ajar.cli.output.RelayReport;
import dev.ajar.cli.output.Terminal;
import dev.ajar.cli.output.WatchRow;
import dev.ajar.control.Errand;
import dev.ajar.daemon.EventText;
import dev.ajar.keeper.Keeper;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.keeper.Kept;
import dev.ajar.launch.Launch;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.state.StateStore;
import dev.ajar.state.Wish;
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
final class Indoors implements Life {
    /** Of one renewal; between renewals nobody reads them. */
    private static final int MOST_RECENT = 1000;

    private final Wiring wiring;
    private final Household household;
    private final Map<Wish, String> last = new HashMap<>();
    private final List<KeeperEvent> recent = new ArrayList<>();
    private Optional<Keeper> keeper = Optional.empty();

    Indoors(Wiring wiring, Household household) {
        this.wiring = wiring;
        this.household = household;
    }

    Keeper remember(Keeper made) {
        keeper = Optional.of(made);
        return made;
    }

    /** Remembers what happened last to each mapping. */
    Consumer<KeeperEvent> listening(Consumer<KeeperEvent> others) {
        return event -> {
            event.about().ifPresent(wish -> last.put(wish, shortly(event)));
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

    Errand.Done carryOut(Errand errand, StateStore store) {
        keeper.ifPresent(there ->
                last.keySet().retainAll(there.kept().stream().map(Kept::wish).toList()));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal =
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), errand.colour(), errand.unicode());
        Surroundings surroundings = new Surroundings(
                terminal,
                progress -> Result.ok(wiring.actions(store, dev.ajar.manager.Progress.SILENT)),
                shown -> false,
                ZoneId.systemDefault(),
                name -> Optional.ofNullable(errand.settings().get(name)),
                Elsewhere.NOBODY,
                keeper(),
                wiring.premises(),
                this);
        int exitCode = new Cli(surroundings).run(errand.arguments().toArray(String[]::new));
        return new Errand.Done(exitCode, out.toString(), err.toString());
    }

    @Override
    public Optional<String> keeper() {
        return Optional.of("the ajar daemon, process " + ProcessHandle.current().pid());
    }

    @Override
    public Result<Pass> renew(Optional<Path> config) {
        recent.clear();
        keeper.ifPresent(Keeper::pass);
        return keeper.<Result<Pass>>map(there -> Result.ok(Household.passOf(there, List.copyOf(recent))))
                .orElseGet(() -> Result.err(new Failure.Busy("the daemon is just starting")));
    }

    @Override
    public Result<List<WatchRow>> watch() {
        return Result.ok(keeper.map(there ->
                        WatchRows.of(there.kept(), last, wiring.timeline().elapsed()))
                .orElse(List.of()));
    }

    @Override
    public boolean pause(Duration time) {
        return false;
    }

    @Override
    public Optional<Path> configPlace() {
        return household.configPlace();
    }

    @Override
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<String> log) {
        return Optional.of(new Failure.Busy("the daemon runs already"));
    }

    @Override
    public Launch.Outcome run(Launch.Plan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return new Launch.Outcome.NotRun(
                new Failure.Unsafe("the daemon starts no programs", "Run it from a terminal of your own."));
    }

    @Override
    public Optional<Failure> relay(RelayOrder order, Runnable ready, Consumer<KeeperEvent> told, Consumer<String> log) {
        return Optional.of(new Failure.Unsafe(
                "the daemon carries what its configuration names", "Run it from a terminal of your own."));
    }

    @Override
    public List<RelayReport> relays() {
        return household.relays();
    }
}
