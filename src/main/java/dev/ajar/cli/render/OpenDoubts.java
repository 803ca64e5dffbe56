package dev.ajar.cli.render;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.OpenReport;
import dev.ajar.message.Message;
import dev.ajar.model.IpVersion;
import dev.ajar.model.Lease;
import dev.ajar.model.Reachability;
import dev.ajar.model.Result;
import dev.ajar.model.RouterError;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What speaks against a port that counts as open, with what to check. */
public final class OpenDoubts {
    private OpenDoubts() {}

    public static List<Message> of(OpenReport report) {
        List<Grant.Granted> granted = report.outcomes().stream()
                .flatMap(outcome -> outcome.result() instanceof Result.Ok<Grant>(Grant.Granted grant)
                        ? Stream.of(grant)
                        : Stream.empty())
                .toList();
        Predicate<Grant.Granted> refused = grant -> grant.refusal().isPresent();
        Predicate<Grant.Granted> limited =
                grant -> grant.lease().claim().mapping().remote().isPresent();
        Predicate<Grant.Granted> unverified = grant -> !grant.lease().verified();
        return Stream.of(
                        granted.stream().flatMap(OpenDoubts::refusal).limit(1),
                        first(granted, unverified.and(limited.negate()).and(refused.negate()), "show.unverified"),
                        first(granted, unverified.and(limited), "show.limit-unverified"),
                        disconnected(report))
                .flatMap(some -> some)
                .toList();
    }

    private static Stream<Message> first(List<Grant.Granted> granted, Predicate<Grant.Granted> which, String key) {
        return granted.stream().filter(which).limit(1).map(grant -> Message.of(key));
    }

    private static Stream<Message> refusal(Grant.Granted granted) {
        Lease lease = granted.lease();
        return granted.refusal().map(RouterError::message).stream()
                .map(error -> Message.of("show.refused-but-listed", "port", lease.externalPort(), "error", error));
    }

    private static Stream<Message> disconnected(OpenReport report) {
        boolean contradicts = report.reachability() == Reachability.PUBLIC && report.isOpenOver(IpVersion.IPV4);
        return Optional.of(Message.of("show.says-disconnected")).stream()
                .filter(sentence -> contradicts && report.line().isPresent());
    }
}
