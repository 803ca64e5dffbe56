package dev.ajar.syntax;

import dev.ajar.message.Message;

/** A user typed something that makes no sense. The sentence is one line for that user. */
public final class InvalidInputException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Message sentence;

    public InvalidInputException(Message sentence) {
        this.sentence = sentence;
    }

    /** @param sentence text that stands in no file of messages */
    public InvalidInputException(String sentence) {
        this(Message.verbatim(sentence));
    }

    /** What is wrong, to be shown in the user's language. */
    public Message sentence() {
        return sentence;
    }

    @Override
    public String getMessage() {
        return sentence.toString();
    }
}
