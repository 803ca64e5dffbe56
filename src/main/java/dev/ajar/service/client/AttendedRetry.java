package dev.ajar.service.client;

import dev.ajar.mapping.report.CloseReport;
import dev.ajar.mapping.report.CloseReport.CloseOutcome;
import dev.ajar.mapping.report.CloseReport.CloseRequest;
import dev.ajar.mapping.report.OpenResult;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import dev.ajar.service.PortService;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Does in this process, whose user waits at the terminal, what the daemon could not do without a user. The daemon keeps
 * what comes of it.
 *
 * @param attended whether a user waits here
 * @param here the service in this process
 */
record AttendedRetry(boolean attended, Supplier<Result<PortService>> here) {
    /** All of it again: what the daemon has opened is found open. */
    OpenResult open(OpenResult told, Function<PortService, OpenResult> again) {
        boolean wanted = Stream.concat(
                        told.failure().stream(), told.ports().stream().flatMap(port -> port.failure().stream()))
                .anyMatch(Failure::isForAPerson);
        return attended && wanted ? here.get().toOptional().map(again).orElse(told) : told;
    }

    /**
     * Only what is not closed yet: what the daemon has closed is not ajar's any more, and could be another program's by
     * now.
     *
     * @param again closes these ports
     */
    CloseReport close(CloseReport told, BiFunction<PortService, List<CloseRequest>, CloseReport> again) {
        List<CloseRequest> left = told.outcomes().stream()
                .filter(AttendedRetry::isForAPerson)
                .map(CloseOutcome::wanted)
                .distinct()
                .toList();
        return attended && !left.isEmpty()
                ? here.get()
                        .toOptional()
                        .map(service -> together(told, again.apply(service, left)))
                        .orElse(told)
                : told;
    }

    private static boolean isForAPerson(CloseOutcome outcome) {
        return outcome instanceof CloseOutcome.Failed failed && failed.failure().isForAPerson();
    }

    /** What was not tried again counts as before. */
    private static CloseReport together(CloseReport told, CloseReport again) {
        Optional<Failure> untried =
                again.failure().filter(ignored -> again.outcomes().isEmpty());
        Set<CloseRequest> tried =
                again.outcomes().stream().map(CloseOutcome::wanted).collect(Collectors.toSet());
        List<CloseOutcome> outcomes = new ArrayList<>();
        for (CloseOutcome outcome : told.outcomes()) {
            if (isForAPerson(outcome)) {
                untried.ifPresent(why -> outcomes.add(new CloseOutcome.Failed(outcome.wanted(), why)));
            } else if (!tried.contains(outcome.wanted())) {
                outcomes.add(outcome);
            }
        }
        outcomes.addAll(again.outcomes());
        Set<Message> notes = new LinkedHashSet<>(told.notes());
        notes.addAll(again.notes());
        return new CloseReport(
                outcomes,
                List.copyOf(notes),
                told.failure().or(() -> untried.isPresent() ? Optional.empty() : again.failure()),
                Stream.concat(told.attempts().stream(), again.attempts().stream())
                        .toList());
    }
}
