package dev.ajar.mapping.request;

import dev.ajar.message.Message;

/** Shows the user what a command is waiting for. */
@FunctionalInterface
public interface Progress {
    /** Shows nothing. A constant of an interface would be linked anew at each start. */
    static Progress silent() {
        return step -> {};
    }

    /** @param step what begins now, in the progressive: {@code looking for the router} */
    void begins(Message step);

    /** The last step has ended. */
    default void ends() {}
}
