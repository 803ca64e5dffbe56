package dev.ajar.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What the router does instead of what it should. */
public sealed interface Reaction {
    /** A UPnP error code, or a NAT-PMP or PCP result code. */
    record SoapFault(int code, String description) implements Reaction {}

    /** No answer at all. */
    record Silence() implements Reaction {}

    /** The right answer, late. */
    record Delay(Duration time) implements Reaction {}

    /** Exactly these bytes: a whole HTTP answer, or a datagram. */
    record Raw(byte[] bytes) implements Reaction {
        public static Raw of(String text) {
            return new Raw(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The right answer, its bytes rewritten. */
    record Rewritten(UnaryOperator<byte[]> rewriting) implements Reaction {}

    /** Answers with success and does nothing. HTTP only. */
    record Pretend() implements Reaction {}

    /** Does it, answers with success, and loses all mappings at once. HTTP only. */
    record Forget() implements Reaction {}

    /** The connection is reset before any answer. HTTP only. */
    record Reset() implements Reaction {}

    /** Does it, and closes the connection without an answer. HTTP only. */
    record HangUp() implements Reaction {}
}
