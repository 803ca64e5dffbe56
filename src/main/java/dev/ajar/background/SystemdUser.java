package dev.ajar.background;

import dev.ajar.message.Message;
import java.nio.file.Path;
import java.util.List;

/** A user unit of systemd. */
record SystemdUser() implements ServiceManager {
    private static final String UNIT = "ajar.service";

    @Override
    public Path file(Place place) {
        return place.config().resolve(Path.of("systemd", "user", UNIT));
    }

    @Override
    public String description(Place place) {
        return """
                # %s; removed by ajar service remove
                [Unit]
                Description=Keeps ports open on the router

                [Service]
                Type=notify
                NotifyAccess=all
                ExecStart=%s daemon
                ExecReload=/bin/kill -HUP $MAINPID
                Restart=on-failure
                RestartSec=2
                RestartPreventExitStatus=75 78
                TimeoutStopSec=40
                MemoryMax=384M

                [Install]
                WantedBy=default.target
                """.formatted(MARK, quoted(place.launcher().toString()));
    }

    /** As systemd.syntax(7) and systemd.service(5) want it: percent signs are specifiers, dollars variables. */
    private static String quoted(String word) {
        return '"'
                + word.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("%", "%%")
                        .replace("$", "$$")
                + '"';
    }

    @Override
    public List<List<String>> install(Place place) {
        return List.of(systemctl("daemon-reload"), systemctl("enable", UNIT), systemctl("restart", UNIT));
    }

    @Override
    public List<List<String>> stop(Place place) {
        return List.of(systemctl("disable", "--now", UNIT));
    }

    @Override
    public List<List<String>> deleted() {
        return List.of(systemctl("daemon-reload"));
    }

    @Override
    public List<String> status(Place place) {
        return systemctl("show", "--property=LoadState,ActiveState", UNIT);
    }

    @Override
    public State state(int exitCode, String output) {
        if (exitCode != 0) {
            return State.UNKNOWN;
        }
        List<String> lines = output.lines().toList();
        if (lines.contains("LoadState=not-found")) {
            return State.ABSENT;
        }
        if (lines.contains("ActiveState=active")) {
            return State.RUNNING;
        }
        return lines.stream().anyMatch(line -> line.startsWith("ActiveState=")) ? State.STOPPED : State.UNKNOWN;
    }

    @Override
    public Message log(Place place) {
        return Message.of("background.log-systemd");
    }

    private static List<String> systemctl(String... words) {
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("systemctl", "--user"), java.util.stream.Stream.of(words))
                .toList();
    }
}
