package dev.ajar.model;

import dev.ajar.message.Message;

/** Whether the gateway's table shows a mapping. */
public sealed interface Presence {
    record Present(ObservedMapping entry) implements Presence {}

    record Absent() implements Presence {}

    /**
     * The gateway did not say.
     *
     * @param withheld it has no way to say, or may not; otherwise it should have, and what it said made no sense
     */
    record Unknown(Message reason, boolean withheld) implements Presence {}
}
