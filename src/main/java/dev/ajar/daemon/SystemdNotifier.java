package dev.ajar.daemon;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd how things stand (sd_notify(3)). Java has no datagram sockets of the Unix kind, so systemd's own program
 * is sent; {@code NotifyAccess=all} lets it speak for us.
 */
final class SystemdNotifier {
    private final boolean present;

    SystemdNotifier(Map<String, String> environment) {
        this.present = !environment.getOrDefault("NOTIFY_SOCKET", "").isEmpty();
    }

    void ready() {
        tell("--ready", "--pid=" + ProcessHandle.current().pid());
    }

    void stopping() {
        tell("STOPPING=1");
    }

    private void tell(String... words) {
        if (!present) {
            return;
        }
        String[] command = new String[words.length + 1];
        command[0] = "systemd-notify";
        System.arraycopy(words, 0, command, 1, words.length);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // Without the program the service manager finds out by itself, later.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
