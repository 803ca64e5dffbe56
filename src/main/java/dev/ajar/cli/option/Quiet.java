package dev.ajar.cli.option;

import dev.ajar.message.Message;

/** What {@code -q} leaves of a command's output. Failures and a document of {@code --json} are printed all the same. */
public enum Quiet {
    /** Nothing where all went well. */
    NOTHING("help.option.quiet"),
    /** The answer, which is all that the command is for, without remarks. */
    ANSWER("help.option.quiet-answer"),
    /** Of a command that goes on until it is ended: trouble, and the end of it. */
    TROUBLE("help.option.quiet-trouble");

    private final String key;

    Quiet(String key) {
        this.key = key;
    }

    Message description() {
        return Message.of(key);
    }
}
