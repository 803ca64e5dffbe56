package dev.ajar.relay;

import dev.ajar.message.Message;
import java.util.Locale;

/** Why a connection or datagram was refused, or ended. */
public enum Refusal {
    NOT_ALLOWED,
    FULL,
    MADE_ROOM,
    TOO_MANY_OF_ONE,
    TOO_FAST,
    LOOP,
    AMPLIFIED,
    CONGESTED,
    DEVICE_REFUSED,
    DEVICE_SILENT,
    IDLE,
    STALLED,
    OUT_OF_FILES;

    /** For people. */
    public Message words() {
        return switch (this) {
            case NOT_ALLOWED -> Message.of("relaying.refusal.not-allowed");
            case FULL -> Message.of("relaying.refusal.full");
            case MADE_ROOM -> Message.of("relaying.refusal.made-room");
            case TOO_MANY_OF_ONE -> Message.of("relaying.refusal.too-many-of-one");
            case TOO_FAST -> Message.of("relaying.refusal.too-fast");
            case LOOP -> Message.of("relaying.refusal.loop");
            case AMPLIFIED -> Message.of("relaying.refusal.amplified");
            case CONGESTED -> Message.of("relaying.refusal.congested");
            case DEVICE_REFUSED -> Message.of("relaying.refusal.device-refused");
            case DEVICE_SILENT -> Message.of("relaying.refusal.device-silent");
            case IDLE -> Message.of("relaying.refusal.idle");
            case STALLED -> Message.of("relaying.refusal.stalled");
            case OUT_OF_FILES -> Message.of("relaying.refusal.out-of-files");
        };
    }

    /** For programs: docs/json.md. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
