package dev.ajar.report;

/**
 * Something that two recordings do not have in common.
 *
 * @param place gateway, scene and command
 * @param part of what the command did, in the words of the recording
 */
record Difference(Kind kind, String place, String part, String before, String after) {
    /** What differs, as a reader looks for it. */
    enum Kind {
        COMMANDS("commands that only one recording has", true),
        EXIT_CODE("exit codes", true),
        JSON("JSON: members and values that are not sentences", true),
        PACKETS("packets", true),
        TABLE("tables of routers", true),
        STATE("state files", true),
        TIMING("repeated datagrams, lengths of searches, and progress: depends on how busy the machine is", false),
        SENTENCES("sentences to people", false);

        private final String title;
        private final boolean behaviour;

        Kind(String title, boolean behaviour) {
            this.title = title;
            this.behaviour = behaviour;
        }

        String title() {
            return title;
        }

        /** Whether it must not change. */
        boolean isBehaviour() {
            return behaviour;
        }
    }

    String pair() {
        return "  - " + before.replace("\n", "\n    ") + "\n  + " + after.replace("\n", "\n    ");
    }

    /** If the same code differs here between two runs, other differences at this place do not count. */
    String unstablePlace() {
        return place + " " + kind;
    }
}
