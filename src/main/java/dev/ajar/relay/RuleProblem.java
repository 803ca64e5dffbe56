package dev.ajar.relay;

import dev.ajar.message.Message;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Why a rule does not listen.
 *
 * @param detail one plain sentence, without a full stop
 */
public record RuleProblem(ProblemKind kind, Message detail) {
    /** For programs: docs/json.md. */
    public enum ProblemKind {
        /** Another program listens there. */
        TAKEN,
        /** The system does not let this user listen there. */
        FORBIDDEN,
        /** The device may not be reached. */
        DEVICE,
        /** The user has stopped it. */
        STOPPED,
        OTHER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The user has stopped it. */
    public static RuleProblem stopped() {
        return new RuleProblem(ProblemKind.STOPPED, Message.of("relaying.stopped"));
    }

    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", kind.code());
        json.put("message", detail);
        return json;
    }
}
