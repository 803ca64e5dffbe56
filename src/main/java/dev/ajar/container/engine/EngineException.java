package dev.ajar.container.engine;

import dev.ajar.message.Message;
import java.io.IOException;

/** An engine does not answer as an engine does. */
final class EngineException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Message sentence;

    EngineException(Message sentence) {
        super(sentence.toString());
        this.sentence = sentence;
    }

    /** Why, without a full stop. */
    Message sentence() {
        return sentence;
    }
}
