package dev.ajar.service.backend;

import dev.ajar.model.Result;
import dev.ajar.relay.RelayReport;
import dev.ajar.relay.RuleKey;
import dev.ajar.relay.RuleStatus;
import dev.ajar.relay.controller.RelayProcessController;
import dev.ajar.relay.controller.RelayProcessController.StopAnswer;
import dev.ajar.service.ServiceContext;
import dev.ajar.service.ServiceRequest;
import dev.ajar.service.StopReport;
import dev.ajar.state.DesiredMapping;
import dev.ajar.state.MappingRecord;
import dev.ajar.state.Owner;
import dev.ajar.state.Snapshot;
import dev.ajar.state.file.FileStateStore;
import dev.ajar.state.file.StateFolder;
import dev.ajar.state.file.SystemBootClock;
import dev.ajar.system.Deadline;
import dev.ajar.system.Pause;
import dev.ajar.system.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Stops relays of this machine. The process that runs one stops it and closes the port that it opened for it, as the
 * state file has it; this one waits until that has happened.
 *
 * @param running the relays that run now
 * @param stopper asks the process that runs a relay
 * @param state the state file
 */
record RelayStops(
        Supplier<List<RelayReport>> running,
        Stopper stopper,
        Supplier<Result<Snapshot>> state,
        Timeline timeline,
        Pause pause) {
    /** A router that answers has closed a port by then, also when its relay's process ends first. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final Duration GLANCE = Duration.ofMillis(100);

    /** Asks the process that runs a relay to stop rules. */
    @FunctionalInterface
    interface Stopper {
        StopAnswer stop(RelayReport relay, Set<RuleKey> rules);
    }

    /** With the state file of this process. */
    static RelayStops of(ServiceContext context, Supplier<List<RelayReport>> running, Stopper stopper) {
        return new RelayStops(
                running,
                stopper,
                () -> StateFolder.locate(context.environment())
                        .flatMap(folder -> new FileStateStore(
                                        folder,
                                        context.protocols(),
                                        new SystemBootClock(context.timeline()),
                                        warning -> {})
                                .load()),
                context.timeline(),
                context.pause());
    }

    /** Asks each process over its own socket. */
    static Stopper byAsking(ServiceContext context) {
        return (relay, rules) -> RelayProcessController.askToStop(
                context.environment(), StateFolder.locate(context.environment()).toOptional(), relay, rules);
    }

    /** @param rules those of the relay that it was asked to stop */
    private record Asked(RelayReport relay, Set<RuleKey> rules, StopAnswer answer) {}

    StopReport stop(ServiceRequest.StopRelays request) {
        Snapshot before = snapshot().orElse(Snapshot.EMPTY);
        List<Asked> asked = new ArrayList<>();
        for (RelayReport relay : running.get()) {
            Set<RuleKey> rules = relay.rules().stream()
                    .filter(rule -> !rule.isStopped())
                    .map(RuleStatus::rule)
                    .filter(request::isFor)
                    .collect(Collectors.toSet());
            if (!rules.isEmpty()) {
                asked.add(new Asked(relay, rules, stopper.stop(relay, rules)));
            }
        }
        Deadline end = Deadline.after(timeline, LONGEST);
        List<StopReport.StoppedRule> outcomes = outcomes(asked, before);
        while (outcomes.stream().anyMatch(RelayStops::isUnderWay) && !end.hasPassed()) {
            pause.pause(GLANCE);
            outcomes = outcomes(asked, before);
        }
        List<String> missing = request.named().stream()
                .filter(port -> asked.stream()
                        .flatMap(one -> one.rules().stream())
                        .noneMatch(rule -> port.isFor(rule.protocol(), rule.port())))
                .map(Object::toString)
                .toList();
        return new StopReport(outcomes, missing, Optional.empty());
    }

    private Optional<Snapshot> snapshot() {
        return state.get().toOptional();
    }

    /** What does not answer now may do so in a moment. */
    private static boolean isUnderWay(StopReport.StoppedRule rule) {
        return switch (rule.outcome()) {
            case CLOSING, SILENT -> true;
            case CLOSED, WITHOUT_PORT, SHARED, OLDER -> false;
        };
    }

    private List<StopReport.StoppedRule> outcomes(List<Asked> asked, Snapshot before) {
        List<RelayReport> now = asked.isEmpty() ? List.of() : running.get();
        Snapshot after = snapshot().orElse(before);
        return asked.stream()
                .flatMap(one -> one.relay().rules().stream()
                        .filter(rule -> one.rules().contains(rule.rule()))
                        .map(rule -> new StopReport.StoppedRule(
                                rule.rule().toString(),
                                rule.device().toString(),
                                one.relay().pid(),
                                one.relay().runBy(),
                                outcome(one, rule.rule(), now, before, after))))
                .toList();
    }

    private static StopReport.Outcome outcome(
            Asked asked, RuleKey rule, List<RelayReport> now, Snapshot before, Snapshot after) {
        return switch (asked.answer()) {
            case OLDER -> StopReport.Outcome.OLDER;
            case SILENT -> StopReport.Outcome.SILENT;
            case STOPS ->
                isRelayed(rule, asked.relay(), now)
                        ? StopReport.Outcome.SILENT
                        : port(asked.relay(), rule, before, after);
        };
    }

    private static boolean isRelayed(RuleKey rule, RelayReport relay, List<RelayReport> now) {
        return now.stream()
                .filter(one -> one.pid() == relay.pid())
                .flatMap(one -> one.rules().stream())
                .anyMatch(one -> one.rule().equals(rule) && !one.isStopped());
    }

    /** What became of the port that was opened for a rule: only a port whose record says so counts as opened for it. */
    private static StopReport.Outcome port(RelayReport relay, RuleKey rule, Snapshot before, Snapshot after) {
        List<DesiredMapping> wanted = before.desiredMappings().stream()
                .filter(desired -> desired.protocol() == rule.protocol()
                        && desired.externalPort().equals(rule.port())
                        && isOf(relay, desired.owner()))
                .toList();
        List<MappingRecord> opened =
                wanted.stream().flatMap(desired -> before.of(desired).stream()).toList();
        if (opened.isEmpty()) {
            return StopReport.Outcome.WITHOUT_PORT;
        }
        boolean isWanted = wanted.stream()
                .anyMatch(desired -> after.desiredMappings().stream().anyMatch(desired::isSameDesire));
        List<MappingRecord> left = opened.stream()
                .flatMap(record -> after.of(record.claim()).stream())
                .toList();
        if (isWanted || left.stream().anyMatch(MappingRecord::leaving)) {
            return StopReport.Outcome.CLOSING;
        }
        return left.isEmpty() ? StopReport.Outcome.CLOSED : StopReport.Outcome.SHARED;
    }

    private static boolean isOf(RelayReport relay, Owner owner) {
        return switch (owner) {
            case Owner.Configuration ignored ->
                relay.runBy().filter(RelayReport.RunBy.DAEMON::equals).isPresent();
            case Owner.Launch launch -> launch.pid() == relay.pid();
            case Owner.User ignored -> false;
            case Owner.Container ignored -> false;
        };
    }
}
