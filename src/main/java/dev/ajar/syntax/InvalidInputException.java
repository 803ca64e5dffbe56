package dev.ajar.syntax;

import dev.ajar.message.Message;

/** A value that the user typed is invalid. The sentence is one line for the user. */
public final class InvalidInputException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Message sentence;

    public InvalidInputException(Message sentence) {
        this.sentence = sentence;
    }

    /** The mistake, to be shown in the user's language. */
    public Message sentence() {
        return sentence;
    }

    @Override
    public String getMessage() {
        return sentence.toString();
    }
}
