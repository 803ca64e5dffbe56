package dev.ajar.cli.render;

import dev.ajar.mapping.report.OpenResult;
import dev.ajar.mapping.report.OpenedPort;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Reachability;
import dev.ajar.model.RouterError;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What speaks against a port that counts as open, with what to check. */
public final class OpenWarnings {
    private OpenWarnings() {}

    public static List<Message> of(OpenResult result) {
        List<OpenedPort> granted = result.ports().stream()
                .filter(port -> port.grantedAt().isPresent())
                .toList();
        Predicate<OpenedPort> refused = port -> refusal(port).isPresent();
        Predicate<OpenedPort> limited = port -> port.wanted().remote().isPresent();
        Predicate<OpenedPort> unverified = port -> !port.reported().verified();
        return Stream.of(
                        granted.stream().flatMap(OpenWarnings::refused).limit(1),
                        first(granted, unverified.and(limited.negate()).and(refused.negate()), "show.unverified"),
                        first(granted, unverified.and(limited), "show.limit-unverified"),
                        disconnected(result))
                .flatMap(some -> some)
                .toList();
    }

    private static Stream<Message> first(List<OpenedPort> granted, Predicate<OpenedPort> which, String key) {
        return granted.stream().filter(which).limit(1).map(port -> Message.of(key));
    }

    private static Optional<RouterError> refusal(OpenedPort port) {
        return port.outcome() instanceof OpenedPort.Outcome.Granted granted ? granted.refusal() : Optional.empty();
    }

    private static Stream<Message> refused(OpenedPort port) {
        return refusal(port).map(RouterError::message).stream()
                .map(error -> Message.of(
                        "show.refused-but-listed", "port", port.reported().externalPort(), "error", error));
    }

    private static Stream<Message> disconnected(OpenResult result) {
        boolean contradicts = result.reachability() == Reachability.PUBLIC && result.isOpenOver(IpVersion.IPV4);
        return Optional.of(Message.of("internet.says-disconnected")).stream()
                .filter(sentence -> contradicts && result.line().isPresent());
    }
}
