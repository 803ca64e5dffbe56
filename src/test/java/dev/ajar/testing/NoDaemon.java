package dev.ajar.testing;

import dev.ajar.container.EngineAddress;
import dev.ajar.history.LoggedEvent;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.launch.Launch;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.service.CommandBackend;
import dev.ajar.service.RelayRequest;
import dev.ajar.service.RenewalRequest;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.service.WatchReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** For commands that end at once: nothing is kept open, launched or relayed. */
public class NoDaemon implements CommandBackend {
    private static final Failure NONE = new Failure.Usage(Message.verbatim("not in this test"));

    @Override
    public Optional<Failure> daemon(Optional<Path> config, boolean keep, Consumer<Message> log) {
        return Optional.of(NONE);
    }

    @Override
    public Optional<Failure> containers(
            List<EngineAddress> engines, Optional<Path> config, boolean keep, Consumer<Message> log) {
        return Optional.of(NONE);
    }

    @Override
    public Result<RenewalResult> renew(RenewalRequest request, Consumer<Message> waiting) {
        return Result.err(NONE);
    }

    @Override
    public Result<WatchReport> watch() {
        return Result.err(NONE);
    }

    @Override
    public Result<List<LoggedEvent>> events(Duration back) {
        return Result.err(NONE);
    }

    @Override
    public Optional<Message> keeper() {
        return Optional.empty();
    }

    @Override
    public boolean pause(Duration time) {
        return false;
    }

    @Override
    public Optional<Path> configPlace() {
        return Optional.empty();
    }

    @Override
    public Launch.LaunchOutcome run(Launch.LaunchPlan plan, Consumer<KeeperEvent> told, Consumer<Failure> warned) {
        return new Launch.LaunchOutcome.NotRun(NONE);
    }

    @Override
    public Optional<Failure> relay(
            RelayRequest order, Runnable ready, Consumer<KeeperEvent> told, Consumer<Message> log) {
        return Optional.of(NONE);
    }

    @Override
    public List<RelayReport> relays() {
        return List.of();
    }

    @Override
    public StopReport stopRelays(ServiceRequest.StopRelays request) {
        return StopReport.failed(NONE);
    }
}
