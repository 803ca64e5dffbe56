package dev.ajar.relay;

import java.util.Locale;

/** Why something was not carried. */
public enum Refusal {
    NOT_ALLOWED("not on the list of those allowed"),
    FULL("all places taken"),
    MADE_ROOM("one of many from one address, ended for a newcomer"),
    TOO_MANY_OF_ONE("too many at once from one address"),
    TOO_FAST("too many a second"),
    LOOP("would go round in circles"),
    AMPLIFIED("an answer much larger than its question, to somebody who may not have asked"),
    CONGESTED("a datagram for which there was no room"),
    DEVICE_REFUSED("the device refused"),
    DEVICE_SILENT("the device did not answer"),
    IDLE("nothing passed for long"),
    STALLED("somebody no longer took what was sent"),
    OUT_OF_FILES("no file descriptors left");

    private final String words;

    Refusal(String words) {
        this.words = words;
    }

    /** For people. */
    public String words() {
        return words;
    }

    /** For programs: docs/json.md. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
