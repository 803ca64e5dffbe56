package dev.ajar.container.engine;

import java.util.Set;

/**
 * What has happened on an engine.
 *
 * @param type {@code container}, {@code network} and others
 * @param action {@code start}, {@code die} and others
 * @param id of the container or other thing
 */
record EngineEvent(String type, String action, String id) {
    /** One that cannot be read. Anything may have changed. */
    static final EngineEvent UNKNOWN = new EngineEvent("", "", "");

    /** Health checks make most events of a usual host; they and a terminal's size change no port. */
    private static final Set<String> IRRELEVANT = Set.of(
            "attach",
            "detach",
            "resize",
            "top",
            "archive-path",
            "extract-to-dir",
            "copy",
            "export",
            "commit",
            "oom",
            "checkpoint",
            "init",
            "health_status",
            "mount",
            "unmount");

    /** The last of a container: Docker's word and Podman's. */
    private static final Set<String> ENDS = Set.of("die", "died", "stop", "destroy", "remove");

    /** Whether it may have changed the ports of a container. */
    boolean isRelevant() {
        int colon = action.indexOf(':');
        String plain = colon < 0 ? action : action.substring(0, colon);
        return !plain.startsWith("exec_") && !IRRELEVANT.contains(plain);
    }

    /** Whether the container {@link #id} runs no longer. */
    boolean endsContainer() {
        return ENDS.contains(action) && (type.isEmpty() || type.equals("container"));
    }
}
