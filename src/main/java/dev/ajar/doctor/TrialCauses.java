package dev.ajar.doctor;

import dev.ajar.gateway.Grant;
import dev.ajar.mapping.report.OpenReport;
import dev.ajar.message.Message;
import dev.ajar.model.Addresses;
import dev.ajar.model.Failure;
import dev.ajar.model.InternetSide;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Port;
import dev.ajar.model.Result;
import dev.ajar.model.RouterError;
import java.util.Optional;
import java.util.stream.Stream;

/** What the router said when it was asked for the port. */
final class TrialCauses {
    private static final int NOT_AUTHORISED = 606;
    private static final int FIRST_UNPRIVILEGED = 1024;

    private static final String BUSY = "upnp.busy";

    /** What is added to a low port, so that the suggested one is easy to remember: 80 becomes 8080. */
    private static final int HIGHER = 8000;

    private TrialCauses() {}

    static Optional<Verdict> of(Facts facts, Facts.OfPort port, OpenReport report) {
        Optional<Failure> failure = report.failure().or(report::firstFailure);
        if (failure.isPresent()) {
            return refusal(facts, port, failure.get())
                    .map(verdict -> verdict.because(said(failure.get()).toList()));
        }
        return report.outcomes().stream()
                .filter(outcome ->
                        outcome.result() instanceof Result.Ok<Grant>(Grant.Granted(var lease, var learned, var refusal))
                                && lease.granted() instanceof LeaseDuration.Permanent)
                .findFirst()
                .map(outcome -> Verdict.certain(
                        Cause.KEEPS_IT_FOR_EVER,
                        Message.of("doctor.keeps-it-for-ever"),
                        Message.of("doctor.keeps-it-for-ever-next"),
                        Message.of("doctor.keeps-it-for-ever-seen")));
    }

    private static Stream<Message> said(Failure failure) {
        Stream<Message> words = failure
                .router()
                .map(error -> error.text().display())
                .filter(text -> !text.isEmpty())
                .map(text -> Message.of("doctor.router-words", "words", text))
                .stream();
        return Stream.concat(Stream.of(failure.detail()), words);
    }

    /** Empty where the failure says nothing about the router. */
    private static Optional<Verdict> refusal(Facts facts, Facts.OfPort port, Failure failure) {
        String typed = port.typed();
        Optional<Object> busy = busy(failure.detail());
        if (busy.isPresent()) {
            return certain(
                    Cause.TOO_BUSY,
                    Message.of("doctor.too-busy", "status", busy.get()),
                    Message.of("doctor.too-busy-next", "port", typed));
        }
        return switch (failure) {
            case Failure.LeftOpen left -> refusal(facts, port, left.cause());
            case Failure.NotAsked not -> refusal(facts, port, not.cause());
            case Failure.FormerAddress former -> refusal(facts, port, former.cause());
            case Failure.Conflict conflict -> Optional.of(taken(port, conflict));
            case Failure.Refused refused -> Optional.of(refused(facts, port, refused));
            case Failure.ForeignHostRefused ignored ->
                certain(
                        Cause.REFUSED_FOR_ANOTHER_DEVICE,
                        Message.of("doctor.refused-for-another-device"),
                        Message.of("doctor.refused-for-another-device-next", "port", typed));
            case Failure.NoResources ignored -> certain(Cause.TABLE_FULL, Message.of("doctor.table-full"), room(facts));
            case Failure.Malformed ignored ->
                Optional.of(Verdict.likely(
                        Cause.ACCEPTED_BUT_NOT_THERE,
                        Message.of("doctor.accepted-but-not-there"),
                        Message.of("doctor.accepted-but-not-there-next", "port", typed)));
            case Failure.Unsupported ignored ->
                certain(
                        Cause.CANNOT_DO_IT,
                        Message.of("doctor.cannot-do-it"),
                        Message.of("doctor.cannot-do-it-next", "port", typed));
            case Failure.SecondNat second -> InternetCauses.of(InternetSide.of(second));
            // A line that is down is told beside an opening and refuses none.
            case Failure.LineDown down -> InternetCauses.of(InternetSide.of(down));
            case Failure.TimedOut ignored -> stopped();
            case Failure.KeptIn ignored -> Optional.of(SilenceCauses.keptIn(facts));
            case Failure.AddressMismatch ignored ->
                certain(
                        Cause.ADDRESS_MISMATCH,
                        Message.of("doctor.address-mismatch"),
                        Message.of("advice.host-network"));
            case Failure.Unreachable ignored -> stopped();
            // Another router's answer is a verdict of its own.
            case Failure.NoGateway none ->
                none.remedies().isEmpty() ? SilenceCauses.elsewhere(facts).or(TrialCauses::stopped) : Optional.empty();
            case Failure.NoFirewall ignored -> stopped();
            case Failure.Busy ignored ->
                Optional.of(Verdict.open(
                        Cause.NOT_TRIED,
                        Message.of("doctor.not-tried-busy"),
                        Message.of("doctor.not-tried-busy-next")));
            case Failure.BadState ignored ->
                certain(
                        Cause.NOTES_UNWRITABLE,
                        Message.of("doctor.state-unwritable"),
                        Message.of("doctor.state-unwritable-next", "port", port.external()));
            case Failure.NoIpv6 ignored -> Optional.empty();
            case Failure.Unsafe ignored -> Optional.empty();
            case Failure.Usage ignored -> Optional.empty();
            case Failure.LocalPort ignored -> Optional.empty();
            case Failure.BadConfiguration ignored -> Optional.empty();
        };
    }

    /** ajar closes what it opened; the entries of others are seen, or are not. */
    private static Message room(Facts facts) {
        if (facts.survey().mappings().stream().anyMatch(opened -> !opened.isPinhole())) {
            return Message.of("doctor.table-full-next");
        }
        return facts.survey().seen().stream().anyMatch(seen -> seen.table().isPresent())
                ? Message.of("doctor.table-full-of-others-next")
                : Message.of("doctor.table-full-unseen-next");
    }

    private static Optional<Verdict> certain(Cause cause, Message title, Message next) {
        return Optional.of(Verdict.certain(cause, title, next));
    }

    private static Verdict taken(Facts.OfPort port, Failure.Conflict conflict) {
        Port external = port.external();
        return conflict.holder()
                .map(holder -> Verdict.certain(
                        Cause.PORT_TAKEN,
                        Message.of("doctor.port-taken", "port", external, "client", Addresses.text(holder.address())),
                        Message.of("doctor.port-taken-next", "other", port.another(), "internal", port.internal())))
                .orElseGet(() -> Verdict.likely(
                        Cause.PORT_TAKEN,
                        Message.of("doctor.port-taken-unseen", "port", external),
                        Message.of(
                                "doctor.port-taken-unseen-next",
                                "port",
                                port.typed(),
                                "other",
                                port.another(),
                                "internal",
                                port.internal())));
    }

    private static Verdict refused(Facts facts, Facts.OfPort port, Failure.Refused refused) {
        Port external = port.external();
        if (external.number() < FIRST_UNPRIVILEGED) {
            return Verdict.open(
                    Cause.REFUSED_LOW_PORT,
                    Message.of("doctor.refused-low-port", "port", external),
                    Message.of(
                            "doctor.refused-low-port-next",
                            "higher",
                            external.number() + HIGHER,
                            "internal",
                            port.internal(),
                            "port",
                            port.typed()));
        }
        return refused.router()
                        .map(RouterError::code)
                        .filter(code -> code == NOT_AUTHORISED)
                        .isPresent()
                ? Verdict.certain(
                        Cause.REFUSED_FOR_THIS_DEVICE,
                        Message.of("doctor.refused-for-this-device"),
                        Message.of(
                                "doctor.refused-for-this-device-next", "remedy", SilenceCauses.switchOn(facts.guide())))
                : Verdict.certain(
                        Cause.REFUSED,
                        Message.of("doctor.refused", "port", external),
                        Message.of("doctor.refused-next", "port", port.typed()));
    }

    /** The status of HTTP by which it said so, however late: that is an answer, and no silence. */
    private static Optional<Object> busy(Message detail) {
        return detail.values().stream()
                .map(value -> value.value() instanceof Message within
                        ? busy(within)
                        : Optional.of(value.value())
                                .filter(ignored -> detail.key().equals(BUSY)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Verdict> stopped() {
        return Optional.of(Verdict.likely(
                Cause.STOPS_ANSWERING,
                Message.of("doctor.stops-answering"),
                Message.of("doctor.stops-answering-next")));
    }
}
