package dev.ajar.history;

import dev.ajar.json.sentence.SentenceJson;
import dev.ajar.keeper.model.EventText;
import dev.ajar.keeper.model.KeeperEvent;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.FailureKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event as it is written down.
 *
 * @param at when it happened, in whole milliseconds
 * @param code {@link KeeperEvent#code}, or one that only a newer ajar knows
 * @param members what is known of it: strings, longs and booleans
 * @param reason why it happened, where it has a reason
 * @param sentence what people read
 */
public record LoggedEvent(
        Instant at, String code, Map<EventMember, Object> members, Optional<Reason> reason, Message sentence) {
    /**
     * Why an event happened.
     *
     * @param code stable: one of {@link LossReason}, or {@link FailureKind#code}
     * @param message an English sentence
     */
    public record Reason(String code, String message) {}

    public LoggedEvent {
        Map<EventMember, Object> copy = new EnumMap<>(EventMember.class);
        copy.putAll(members);
        members = Collections.unmodifiableMap(copy);
    }

    public static LoggedEvent of(KeeperEvent event, Instant at) {
        return new LoggedEvent(
                at.truncatedTo(ChronoUnit.MILLIS),
                event.code(),
                EventMembers.of(event),
                reason(event),
                SentenceJson.plain(EventText.of(event)));
    }

    private static Optional<Reason> reason(KeeperEvent event) {
        return switch (event) {
            case KeeperEvent.Lost(var desired, Message why) -> Optional.of(reason(LossReason.codeOf(why), why));
            case KeeperEvent.Failed(var desired, Failure failure, var open) -> Optional.of(reason(failure));
            case KeeperEvent.StateNotWritten(Failure failure) -> Optional.of(reason(failure));
            case KeeperEvent.OfMapping ignored -> Optional.empty();
            case KeeperEvent.OfMachine ignored -> Optional.empty();
            case KeeperEvent.Closed ignored -> Optional.empty();
            case KeeperEvent.ManualRuleStale ignored -> Optional.empty();
            case KeeperEvent.AddressChanged ignored -> Optional.empty();
            case KeeperEvent.ReachabilityChanged ignored -> Optional.empty();
            case KeeperEvent.GatewaySilent ignored -> Optional.empty();
            case KeeperEvent.GatewayBack ignored -> Optional.empty();
        };
    }

    private static Reason reason(Failure failure) {
        return reason(failure.kind().code(), failure.detail());
    }

    private static Reason reason(String code, Message why) {
        return new Reason(code, SentenceJson.shown(why.toString()));
    }
}
