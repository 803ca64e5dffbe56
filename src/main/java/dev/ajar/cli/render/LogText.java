package dev.ajar.cli.render;

import dev.ajar.message.Message;
import java.util.Set;
import java.util.function.Consumer;

/** The lines that the daemon and a relay write while they run. */
public final class LogText {
    /** What happens where all is well; everything else is trouble, or its end. */
    private static final Set<String> ORDINARY = Set.of(
            "event.opened",
            "event.closed",
            "event.address-changed",
            "event.network-changed",
            "event.resumed",
            "daemon.keeping",
            "daemon.configuration-read",
            "daemon.container-asks",
            "daemon.container-relayed",
            "containers.watching",
            "kubernetes.asks",
            "kubernetes.standing",
            "kubernetes.leads",
            "relaying.waiting",
            "web.page-on",
            "web.page-off",
            "web.metrics-on",
            "web.metrics-off");

    private LogText() {}

    /** On standard output; with {@code -q} trouble alone, on standard error. */
    public static Consumer<Message> of(Terminal terminal, boolean quiet) {
        return quiet ? troubleOn(terminal) : line -> terminal.say(terminal.text(line));
    }

    /** On standard error. */
    public static Consumer<Message> troubleOn(Terminal terminal) {
        TroubleFilter filter = new TroubleFilter();
        return line -> {
            if (filter.tells(line)) {
                terminal.tell(terminal.text(line));
            }
        };
    }

    /** Whether it tells of trouble or of its end; of a line with the time in front, what stands behind that. */
    public static boolean isTrouble(Message line) {
        return !ORDINARY.contains(inside(line).key());
    }

    /** What stands behind the time. */
    static Message inside(Message line) {
        return line.key().equals("daemon.log-line")
                ? line.values().stream()
                        .map(Message.Value::value)
                        .filter(Message.class::isInstance)
                        .map(Message.class::cast)
                        .findFirst()
                        .orElse(line)
                : line;
    }
}
