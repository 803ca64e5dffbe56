package dev.ajar.model;

/** What a look into the gateway's table found. */
public sealed interface Presence {
    record Present(ObservedMapping entry) implements Presence {}

    record Absent() implements Presence {}

    /** The gateway would not say. */
    record Unknown(String reason) implements Presence {}
}
