package dev.ajar.api;

import dev.ajar.doctor.Certainty;
import dev.ajar.doctor.Verdict;
import dev.ajar.document.Advice;
import dev.ajar.embed.PortStatus;
import dev.ajar.message.Message;
import dev.ajar.message.Messages;
import dev.ajar.model.Failure;
import dev.ajar.model.FailureKind;
import dev.ajar.model.Lease;
import dev.ajar.model.LeaseDuration;
import dev.ajar.model.Mapping;
import dev.ajar.model.TransportProtocol;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the domain says, in the words of this package.
 *
 * @param messages the sentences of the program's language
 */
record Answers(Messages messages) {
    Problem problem(Failure failure) {
        return problem(failure, Advice.of(failure));
    }

    Problem problem(Failure failure, Mapping mapping) {
        return problem(failure, Advice.of(failure, mapping));
    }

    private Problem problem(Failure failure, List<Message> advice) {
        return new Problem(
                reason(failure.kind()),
                messages.text(failure.detail()),
                advice.stream().map(messages::text).toList());
    }

    Problem closed() {
        return new Problem(Reason.CLOSED, messages.text(Message.of("library.closed")), List.of());
    }

    Problem twice() {
        return new Problem(Reason.TAKEN, messages.text(Message.of("library.twice")), List.of());
    }

    Problem late() {
        return new Problem(
                Reason.BUSY,
                messages.text(Message.of("library.late")),
                List.of(messages.text(Message.of("advice.again"))));
    }

    Problem defect(Throwable what) {
        return new Problem(
                Reason.DEFECT,
                messages.text(Message.of("library.defect", "what", what.toString())),
                List.of(messages.text(Message.of("library.defect-next"))));
    }

    Diagnosis diagnosis(Verdict verdict) {
        return new Diagnosis(
                verdict.id(),
                verdict.certainty() == Certainty.CERTAIN,
                messages.text(verdict.title()),
                messages.text(verdict.next()),
                verdict.because().stream().map(messages::text).toList());
    }

    /** The worst of the states of a port's mappings; before it was open, a loss is a refusal or no answer yet. */
    PortState state(Map<Mapping, PortStatus> standings, boolean wasOpen) {
        Optional<PortState> worst = Optional.empty();
        for (Map.Entry<Mapping, PortStatus> one : standings.entrySet()) {
            PortState state = state(one.getKey(), one.getValue(), wasOpen);
            if (worst.filter(other -> severity(other) >= severity(state)).isEmpty()) {
                worst = Optional.of(state);
            }
        }
        return worst.filter(state -> !(state instanceof PortState.Open)).orElseGet(() -> open(standings));
    }

    private PortState state(Mapping mapping, PortStatus standing, boolean wasOpen) {
        return switch (standing) {
            case PortStatus.Waiting ignored -> new PortState.Opening();
            case PortStatus.Open ignored -> open(Map.of(mapping, standing));
            case PortStatus.OpenedByAnother ignored -> open(Map.of(mapping, standing));
            case PortStatus.Gone ignored -> new PortState.Closed();
            case PortStatus.Failed(Failure why) when why.kind() == FailureKind.BUSY -> new PortState.Opening();
            case PortStatus.Failed(Failure why) -> new PortState.Refused(problem(why, mapping));
            case PortStatus.Lost(Optional<Failure> why) ->
                wasOpen
                        ? new PortState.Lost(
                                why.map(failure -> problem(failure, mapping)).orElseGet(this::lost))
                        : why.<PortState>map(failure -> new PortState.Refused(problem(failure, mapping)))
                                .orElseGet(PortState.Opening::new);
        };
    }

    private Problem lost() {
        return new Problem(Reason.ROUTER_SILENT, messages.text(Message.of("library.lost")), List.of());
    }

    private static int severity(PortState state) {
        return switch (state) {
            case PortState.Open ignored -> 0;
            case PortState.Opening ignored -> 1;
            case PortState.Lost ignored -> 2;
            case PortState.Refused ignored -> 3;
            case PortState.Closed ignored -> 4;
        };
    }

    private static PortState.Open open(Map<Mapping, PortStatus> standings) {
        Optional<InetAddress> address = standings.values().stream()
                .flatMap(standing -> address(standing).stream())
                .findFirst();
        return new PortState.Open(
                address,
                port(standings, TransportProtocol.TCP),
                port(standings, TransportProtocol.UDP),
                reachability(address),
                standings.values().stream()
                        .flatMap(standing -> lease(standing).stream())
                        .min(Duration::compareTo));
    }

    private static Optional<InetAddress> address(PortStatus standing) {
        return standing instanceof PortStatus.Open(Lease ignored, Optional<InetAddress> address)
                ? address
                : Optional.empty();
    }

    private static Optional<Duration> lease(PortStatus standing) {
        return standing instanceof PortStatus.Open open
                        && open.lease().granted() instanceof LeaseDuration.Finite(Duration duration)
                ? Optional.of(duration)
                : Optional.empty();
    }

    private static OptionalInt port(Map<Mapping, PortStatus> standings, TransportProtocol protocol) {
        return standings.entrySet().stream()
                .filter(one -> one.getKey().protocol() == protocol)
                .mapToInt(one -> one.getValue() instanceof PortStatus.Open open
                        ? open.lease().externalPort().number()
                        : one.getKey().externalPort().number())
                .findFirst();
    }

    static Reachability reachability(Optional<InetAddress> address) {
        return switch (dev.ajar.model.Reachability.of(address)) {
            case PUBLIC -> Reachability.PUBLIC;
            case CARRIER_GRADE -> Reachability.BEHIND_PROVIDER;
            case PRIVATE -> Reachability.BEHIND_SECOND_ROUTER;
            case UNKNOWN -> Reachability.UNKNOWN;
        };
    }

    private static Reason reason(FailureKind kind) {
        return switch (kind) {
            case NO_GATEWAY, NO_FIREWALL, NO_IPV6 -> Reason.NO_ROUTER;
            case UNREACHABLE, TIMED_OUT -> Reason.ROUTER_SILENT;
            case KEPT_IN -> Reason.OWN_FIREWALL;
            case ADDRESS_MISMATCH -> Reason.OTHER_ADDRESS;
            case REFUSED, FOREIGN_HOST_REFUSED -> Reason.REFUSED;
            case CONFLICT, LOCAL_PORT -> Reason.TAKEN;
            case SECOND_NAT -> Reason.BEHIND_SECOND_ROUTER;
            case LINE_DOWN -> Reason.LINE_DOWN;
            case NO_RESOURCES -> Reason.TABLE_FULL;
            case UNSUPPORTED -> Reason.UNSUPPORTED;
            case MALFORMED -> Reason.BROKEN_ROUTER;
            case UNSAFE -> Reason.UNSAFE;
            case USAGE, BAD_CONFIGURATION -> Reason.BAD_REQUEST;
            case BUSY -> Reason.BUSY;
            case BAD_STATE -> Reason.STATE_FILE;
        };
    }
}
