package dev.ajar.service;

import dev.ajar.background.BackgroundTask;
import dev.ajar.container.EngineAddress;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.kubernetes.ClusterSettings;
import dev.ajar.launch.Launch;
import dev.ajar.mapping.report.ReportedMapping;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.state.Owner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The services of commands that go beyond single requests to a router: renewal, watching, programs, relays, the daemon.
 */
public interface CommandBackend {
    /** Asks the user a yes-or-no question; false where no user can answer. */
    default boolean agrees(String question) {
        return false;
    }

    /**
     * Runs the daemon until a signal ends it.
     *
     * @param config the configuration file; empty for the usual place
     * @param keep whether leases are left open at the end
     * @param log receives a line for people
     * @return why the daemon could not begin
     */
    Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<Message> log);

    /**
     * Runs the daemon as {@link #daemon} does, watching containers whether the configuration says so or not.
     *
     * @param engines those to watch; empty for those of the configuration, or else the usual ones
     */
    Optional<Failure> containers(
            List<EngineAddress> engines, Optional<Path> config, boolean keep, Consumer<Message> log);

    /**
     * Runs the daemon as {@link #daemon} does, watching the Services of a Kubernetes cluster: once this process leads,
     * and until it does no longer.
     */
    default Optional<Failure> kubernetes(ClusterSettings settings, Consumer<Message> log) {
        return daemon(settings.config(), settings.keep(), log);
    }

    /**
     * Runs the daemon as {@link #daemon} does, with its page on; if the page cannot be, it ends with that failure. What
     * is open stays open at its end: the page only shows it.
     *
     * @param language the code of the one to show it in; empty for the browser's
     * @param ready receives a way into the page, on any thread
     */
    default Optional<Failure> daemonWithPage(
            Optional<Path> config, String language, Consumer<PageLink> ready, Consumer<Message> log) {
        return daemon(config, true, log);
    }

    /** Shows a file in the user's browser; false where there is none, or it could not be started. */
    default boolean browse(Path file) {
        return false;
    }

    /** The daemon as a background task of this user; empty where the system has none that is known. */
    default Optional<BackgroundTask> background() {
        return Optional.empty();
    }

    /** Whether the process of an {@code ajar run} is gone. */
    default boolean hasEnded(Owner.Launch launch) {
        return false;
    }

    /** The process of {@code ajar run} or {@code ajar relay} that keeps these open, for those that no daemon keeps. */
    default Optional<Message> launchKeeper(List<ReportedMapping> open) {
        return Optional.empty();
    }

    /** Renews and repairs everything that is due, once. */
    default Result<RenewalResult> renew(RenewalRequest request) {
        return renew(request, step -> {});
    }

    /** @param waiting is told of a wait for another ajar */
    Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting);

    /** What is open as this process knows it, and who renews it. */
    Result<WatchReport> watch();

    /** The events of the last time, oldest first, as far as they were written down. */
    Result<List<LoggedEvent>> events(Duration back);

    /** The name of the process that renews leases; empty without one. */
    Optional<Message> keeper();

    /** Waits; false if the command should end now. */
    boolean pause(Duration time);

    /** The folder of the state file; empty where there is none. */
    default Optional<Path> statePlace() {
        return Optional.empty();
    }

    /** The usual place of the configuration file. */
    Optional<Path> configPlace();

    /**
     * Runs a program with its ports open.
     *
     * @param told receives what happens to the ports
     * @param warned receives why the router could not be asked for the ports
     */
    Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned);

    /**
     * Relays until a signal ends it.
     *
     * @param ready called once every rule listens
     * @param told receives what happens to the ports on the router
     * @param log receives a line for people
     * @return why the relay could not begin; empty after an orderly end
     */
    Optional<Failure> relay(RelayRequest request, Runnable ready, Consumer<KeeperEvent> told, Consumer<Message> log);

    /** The relays that run now. */
    List<RelayReport> relays();

    /** Stops relays, and waits until their ports are closed, as far as routers answer. */
    StopReport stopRelays(ServiceRequest.StopRelays request);

    /**
     * The result of a renewal.
     *
     * @param events what changed
     * @param troubles the mappings that are not open
     * @param open how many mappings are open
     * @param tooShort the mappings whose leases end before the next run
     */
    record RenewalResult(
            List<LoggedEvent> events, List<UnopenedMapping> troubles, int open, List<ShortLease> tooShort) {
        public RenewalResult {
            events = List.copyOf(events);
            troubles = List.copyOf(troubles);
            tooShort = List.copyOf(tooShort);
        }
    }

    /**
     * A mapping that is closed for a while before each run, because the router grants it less than the time between
     * two.
     *
     * @param told whether a run before has told the user
     */
    record ShortLease(String label, LeaseDuration lease, Duration interval, boolean told) {}

    /** One mapping that is not open, and why. */
    record UnopenedMapping(String label, Failure failure) {}
}
