package dev.ajar.cli.option;

import dev.ajar.message.Message;

/** What {@code -q} leaves of a command's output. Failures and a document of {@code --json} are printed all the same. */
public enum Quiet {
    /** Nothing where all went well. */
    NOTHING(Message.of("help.option.quiet")),
    /** The answer, which is all that the command is for, without remarks. */
    ANSWER(Message.of("help.option.quiet-answer")),
    /** Of a command that goes on until it is ended: trouble, and the end of it. */
    TROUBLE(Message.of("help.option.quiet-trouble"));

    private final Message description;

    Quiet(Message description) {
        this.description = description;
    }

    Message description() {
        return description;
    }
}
