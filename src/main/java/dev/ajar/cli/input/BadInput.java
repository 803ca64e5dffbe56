package dev.ajar.cli.input;

/** Something that was typed makes no sense; the message is one line for the person who typed it. */
public final class BadInput extends Exception {
    private static final long serialVersionUID = 1;

    public BadInput(String message) {
        super(message);
    }
}
