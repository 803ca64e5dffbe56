package dev.ajar.syntax;

/** Something that was typed makes no sense; the message is one line for the person who typed it. */
public final class InvalidInputException extends Exception {
    private static final long serialVersionUID = 1;

    public InvalidInputException(String message) {
        super(message);
    }
}
