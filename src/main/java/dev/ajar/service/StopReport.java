package dev.ajar.service;

import dev.ajar.document.ExitCode;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.relay.RelayReport;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The result of {@code ajar relay stop}.
 *
 * @param rules one for each rule that was to be stopped
 * @param notRunning what was named and no relay has
 * @param failure why no relay could be asked
 */
public record StopReport(List<StoppedRule> rules, List<String> notRunning, Optional<Failure> failure) {
    public StopReport {
        rules = List.copyOf(rules);
        notRunning = List.copyOf(notRunning);
    }

    public static StopReport failed(Failure failure) {
        return new StopReport(List.of(), List.of(), Optional.of(failure));
    }

    /** What became of a rule, and of the port that was opened for it. */
    public enum Outcome {
        /** Stopped, and the port is closed. */
        CLOSED,
        /** Stopped, and the router has not confirmed that the port is closed. */
        CLOSING,
        /** Stopped, and no port had been opened for it. */
        WITHOUT_PORT,
        /** Stopped, and the port stays open because ajar keeps it open for another reason as well. */
        SHARED,
        /** Not stopped: the process that runs it is of an older version. */
        OLDER,
        /** Not stopped: the process that runs it does not answer. */
        SILENT;

        /** For programs: docs/json.md. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        public boolean isStopped() {
            return switch (this) {
                case CLOSED, CLOSING, WITHOUT_PORT, SHARED -> true;
                case OLDER, SILENT -> false;
            };
        }
    }

    /**
     * One rule.
     *
     * @param rule protocol and external port, for people
     * @param device where it led
     * @param process that runs it
     */
    public record StoppedRule(
            String rule, String device, long process, Optional<RelayReport.RunBy> runBy, Outcome outcome) {
        /** One sentence. */
        public Message sentence() {
            return switch (outcome) {
                case CLOSED -> Message.of("relaying.stop.closed", "rule", rule);
                case CLOSING -> Message.of("relaying.stop.closing", "rule", rule);
                case WITHOUT_PORT -> Message.of("relaying.stop.without-port", "rule", rule);
                case SHARED -> Message.of("relaying.stop.shared", "rule", rule);
                case OLDER -> Message.of("relaying.stop.older", "rule", rule, "process", String.valueOf(process));
                case SILENT -> Message.of("relaying.stop.silent", "rule", rule, "process", String.valueOf(process));
            };
        }

        /** Whether the daemon relays it again one day by itself. */
        public boolean returns() {
            return outcome.isStopped()
                    && runBy.filter(RelayReport.RunBy.DAEMON::equals).isPresent();
        }

        private Optional<Failure> problem() {
            return switch (outcome) {
                case OLDER -> Optional.of(new Failure.BadState(sentence()));
                case SILENT -> Optional.of(new Failure.Busy(sentence()));
                case CLOSED, CLOSING, WITHOUT_PORT, SHARED -> Optional.empty();
            };
        }
    }

    /** The sentence that says which of the rules return, and how to prevent that; empty where none does. */
    public Optional<Message> afterwards() {
        return rules.stream().anyMatch(StoppedRule::returns)
                ? Optional.of(Message.of("relaying.stop.returns"))
                : Optional.empty();
    }

    public List<Message> missing() {
        return notRunning.stream()
                .map(port -> Message.of("relaying.stop.not-running", "port", port))
                .toList();
    }

    /** Why nothing was stopped. */
    public Optional<Failure> problem() {
        List<Failure> problems = problems();
        return failure.or(
                () -> problems.size() == rules.size() ? problems.stream().findFirst() : Optional.empty());
    }

    private List<Failure> problems() {
        return rules.stream().flatMap(rule -> rule.problem().stream()).toList();
    }

    public ExitCode exitCode() {
        if (failure.isPresent()) {
            return ExitCode.of(failure.get());
        }
        boolean closing = rules.stream().anyMatch(rule -> rule.outcome() == Outcome.CLOSING);
        ExitCode code = ExitCode.of(problems(), rules.size());
        return code == ExitCode.DONE && closing ? ExitCode.PARTLY : code;
    }
}
