package dev.ajar.model;

import dev.ajar.message.Message;

/** Whether the gateway's table shows a mapping. */
public sealed interface Presence {
    record Present(ObservedMapping entry) implements Presence {}

    record Absent() implements Presence {}

    /**
     * The gateway did not say.
     *
     * @param withheld whether it cannot or may not tell; otherwise its answer was missing or unreadable
     */
    record Unknown(Message reason, boolean withheld) implements Presence {}
}
