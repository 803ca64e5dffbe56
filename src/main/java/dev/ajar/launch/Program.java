package dev.ajar.launch;

import dev.ajar.model.Mapping;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A program whose ports are kept open while it runs. */
public interface Program {
    /** The name in messages. */
    String name();

    Running start() throws IOException;

    /** A program that was started. */
    interface Running {
        boolean isRunning();

        /** @param action called once, on any thread */
        void whenEnded(Runnable action);

        /**
         * @param ended receives, on any thread, which mappings the program needs no longer while it goes on
         */
        default void whenUnneeded(Consumer<Predicate<Mapping>> ended) {}

        /** @return its exit code, as a shell reports it */
        int await() throws InterruptedException;
    }

    /** The user's own command, which gets the terminal and the signals. */
    static Program of(List<String> command) {
        return new Program() {
            @Override
            public String name() {
                return command.getFirst();
            }

            @Override
            public Running start() throws IOException {
                return ChildProcess.start(command);
            }
        };
    }
}
