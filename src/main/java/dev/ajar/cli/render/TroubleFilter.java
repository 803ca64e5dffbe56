package dev.ajar.cli.render;

import dev.ajar.message.Message;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Which lines {@code -q} leaves: trouble, and the line that ends it, though that may be an ordinary one. */
public final class TroubleFilter {
    private static final String ADDRESS = "address";
    private static final String CONFIGURATION = "configuration";

    /** What was told as being in trouble since it was last told as well. */
    private final Set<String> troubled = new HashSet<>();

    /** Whether that line is told; the lines come in the order in which they are written. */
    public synchronized boolean tells(Message line) {
        Message inside = LogText.inside(line);
        boolean ends = ended(inside).filter(troubled::remove).isPresent();
        begun(inside).ifPresent(troubled::add);
        return ends || LogText.isTrouble(inside);
    }

    private static Optional<String> begun(Message line) {
        return switch (line.key()) {
            case "event.failed", "event.not-renewed", "event.lost", "event.contested", "event.contested-by" ->
                port(line);
            case "event.address-lost" -> Optional.of(ADDRESS);
            case "daemon.configuration-kept" -> Optional.of(CONFIGURATION);
            default -> Optional.empty();
        };
    }

    private static Optional<String> ended(Message line) {
        return switch (line.key()) {
            case "event.opened", "event.repaired", "event.closed" -> port(line);
            case "event.address-changed" -> Optional.of(ADDRESS);
            case "daemon.configuration-read" -> Optional.of(CONFIGURATION);
            default -> Optional.empty();
        };
    }

    private static Optional<String> port(Message line) {
        return line.values().stream()
                .filter(value -> value.name().equals("port"))
                .map(value -> value.value().toString())
                .findFirst();
    }
}
