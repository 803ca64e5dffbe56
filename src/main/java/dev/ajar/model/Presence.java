package dev.ajar.model;

import dev.ajar.message.Message;
import java.util.List;

/** Whether the gateway's table shows a mapping. */
public sealed interface Presence {
    record Present(ObservedMapping entry) implements Presence {}

    /**
     * @param doubtful whether the gateway answers each look with an error that means "no such entry" on some and "no
     *     such action" on others: of a mapping that it never showed, that says nothing
     */
    record Absent(boolean doubtful) implements Presence {
        public Absent() {
            this(false);
        }
    }

    /**
     * The gateway did not say.
     *
     * @param withheld whether it cannot or may not tell; otherwise its answer was missing or unreadable
     * @param partial what can be read of the entries that may be it
     */
    record Unknown(Message reason, boolean withheld, List<PartialEntry> partial) implements Presence {
        public Unknown(Message reason, boolean withheld) {
            this(reason, withheld, List.of());
        }

        public Unknown {
            partial = List.copyOf(partial);
        }
    }
}
