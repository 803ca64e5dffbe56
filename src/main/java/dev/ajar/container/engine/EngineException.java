package dev.ajar.container.engine;

import dev.ajar.message.Message;
import java.io.IOException;
import java.util.Set;

/** An engine does not answer as an engine does. */
final class EngineException extends IOException {
    private static final long serialVersionUID = 1;

    /** There is no such thing, or a proxy keeps it from ajar. */
    private static final Set<Integer> REFUSALS = Set.of(403, 404, 405);

    private final transient Message sentence;
    private final boolean refusal;

    EngineException(Message sentence) {
        this(sentence, false);
    }

    /** @param status of the answer, which is not 200 */
    EngineException(int status) {
        this(Message.of("containers.answer-code", "code", status), REFUSALS.contains(status));
    }

    private EngineException(Message sentence, boolean refusal) {
        super(sentence.toString());
        this.sentence = sentence;
        this.refusal = refusal;
    }

    /** Whether the same question has the same answer later: that there is nothing. Any other failure may pass. */
    boolean isRefusal() {
        return refusal;
    }

    /** Why, without a full stop. */
    Message sentence() {
        return sentence;
    }
}
