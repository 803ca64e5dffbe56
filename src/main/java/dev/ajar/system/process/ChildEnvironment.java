package dev.ajar.system.process;

import java.util.List;
import java.util.Set;

/** The environment of programs that this process starts: its own, without what is secret. */
final class ChildEnvironment {
    /** The password of a router, which every process of the same user could read in a child. */
    private static final Set<String> SECRET = Set.of("AJAR_ROUTER_PASSWORD");

    private ChildEnvironment() {}

    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(SECRET);
        return builder;
    }
}
