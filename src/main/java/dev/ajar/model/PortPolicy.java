package dev.ajar.model;

/** What to do when the gateway does not grant the external port that was asked for. */
public enum PortPolicy {
    /** Only that port will do; a grant of another one is given back. */
    EXACT,
    /** Any free external port will do. */
    ANY_FREE
}
