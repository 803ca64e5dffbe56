package dev.ajar.control;

import dev.ajar.json.JsonObject;

/** What came of a request to a daemon. */
public sealed interface ControlAnswer {
    /** No daemon of this user listens there. */
    record NoDaemon() implements ControlAnswer {}

    /** One listens, and gave no answer in time. */
    record Silent() implements ControlAnswer {}

    /** One listens, and ended the conversation, as daemons do that do not know a request of this version. */
    record Ended() implements ControlAnswer {}

    /**
     * It does not do it.
     *
     * @param code {@code unknown_request} from an older daemon
     * @param message an English sentence of the peer
     */
    record Refused(String code, String message) implements ControlAnswer {}

    record Document(JsonObject json) implements ControlAnswer {}
}
