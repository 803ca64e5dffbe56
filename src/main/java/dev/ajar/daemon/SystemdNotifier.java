package dev.ajar.daemon;

import dev.ajar.system.process.BoundedRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Tells systemd that the daemon is ready or stopping (sd_notify(3)). Java has no Unix datagram sockets, so systemd's
 * own program sends the message; {@code NotifyAccess=all} permits that.
 */
final class SystemdNotifier {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final boolean present;

    SystemdNotifier(Map<String, String> environment) {
        this.present = !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
    }

    void ready() {
        send("--ready", "--pid=" + ProcessHandle.current().pid());
    }

    void stopping() {
        send("STOPPING=1");
    }

    /** If {@code systemd-notify} is missing, systemd notices the end of the process later. */
    private void send(String... words) {
        if (present) {
            List<String> command = new ArrayList<>(List.of("systemd-notify"));
            command.addAll(List.of(words));
            new BoundedRun(LIMIT, command).run();
        }
    }
}
