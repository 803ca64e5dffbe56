package dev.ajar.cli.command;

import dev.ajar.cli.render.RelayReport;
import dev.ajar.cli.render.WatchRow;
import dev.ajar.keeper.KeeperEvent;
import dev.ajar.launch.Launch;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What goes on for longer than a command: made for one network, with notes of its own. */
public interface CommandBackend {
    /** Asks whoever sits at the terminal; no where nobody does. */
    default boolean agrees(String question) {
        return false;
    }

    /**
     * Keeps what is wanted open until it is told to end.
     *
     * @param config the configuration file; empty for the usual place
     * @return why it could not begin
     */
    Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<String> log);

    /** One pass over everything that is kept. */
    Result<RenewalResult> renew(Optional<Path> config);

    /** How what is kept and held stands right now. */
    Result<List<WatchRow>> watch();

    /** Who renews what is held, for people; empty when nobody does. */
    Optional<String> keeper();

    /**
     * Waits.
     *
     * @return whether to go on
     */
    boolean pause(Duration time);

    /** Where the configuration file is looked for. */
    Optional<Path> configPlace();

    Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned);

    /**
     * Carries until it is told to end.
     *
     * @param ready told once everything listens
     * @param told of the ports on the router
     * @param log a line for people
     * @return why it could not begin; empty after an orderly end
     */
    Optional<Failure> relay(RelayRequest order, Runnable ready, Consumer<KeeperEvent> told, Consumer<String> log);

    /** The relays that run now. */
    List<RelayReport> relays();

    /**
     * What a pass came to.
     *
     * @param events what changed
     * @param troubles what could not be opened, and why
     */
    record RenewalResult(List<KeeperEvent> events, List<UnopenedMapping> troubles, int open) {
        public RenewalResult {
            events = List.copyOf(events);
            troubles = List.copyOf(troubles);
        }
    }

    /** One mapping that is not open. */
    record UnopenedMapping(String label, Failure failure) {}
}
