package dev.ajar.relay;

import dev.ajar.message.Message;
import java.util.Locale;

/** Why a connection or datagram was refused, or ended. */
public enum Refusal {
    NOT_ALLOWED(Message.of("relaying.refusal.not-allowed")),
    FULL(Message.of("relaying.refusal.full")),
    MADE_ROOM(Message.of("relaying.refusal.made-room")),
    TOO_MANY_OF_ONE(Message.of("relaying.refusal.too-many-of-one")),
    TOO_FAST(Message.of("relaying.refusal.too-fast")),
    LOOP(Message.of("relaying.refusal.loop")),
    AMPLIFIED(Message.of("relaying.refusal.amplified")),
    CONGESTED(Message.of("relaying.refusal.congested")),
    DEVICE_REFUSED(Message.of("relaying.refusal.device-refused")),
    DEVICE_SILENT(Message.of("relaying.refusal.device-silent")),
    IDLE(Message.of("relaying.refusal.idle")),
    STALLED(Message.of("relaying.refusal.stalled")),
    OUT_OF_FILES(Message.of("relaying.refusal.out-of-files"));

    private final Message words;

    Refusal(Message words) {
        this.words = words;
    }

    /** For people. */
    public Message words() {
        return words;
    }

    /** For programs: docs/json.md. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
