package dev.ajar.background;

import dev.ajar.message.Message;
import java.nio.file.Path;
import java.util.List;

/** An agent of macOS' launchd. */
record Launchd() implements ServiceManager {
    private static final String LABEL = "dev.ajar.daemon";

    /** What launchctl answers for a service it does not know. */
    private static final int NOT_FOUND = 113;

    @Override
    public Path file(Place place) {
        return place.home().resolve(Path.of("Library", "LaunchAgents", LABEL + ".plist"));
    }

    private static Path logFile(Place place) {
        return place.home().resolve(Path.of("Library", "Logs", "ajar.log"));
    }

    @Override
    public String description(Place place) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <!-- %s -->
                <plist version="1.0">
                <dict>
                  <key>Label</key><string>%s</string>
                  <key>ProgramArguments</key>
                  <array><string>%s</string><string>daemon</string></array>
                  <key>RunAtLoad</key><true/>
                  <key>KeepAlive</key><dict><key>SuccessfulExit</key><false/></dict>
                  <key>ThrottleInterval</key><integer>60</integer>
                  <key>ExitTimeOut</key><integer>40</integer>
                  <key>StandardOutPath</key><string>%s</string>
                  <key>StandardErrorPath</key><string>%s</string>
                </dict>
                </plist>
                """.formatted(
                        MARK,
                        LABEL,
                        Xml.escaped(place.launcher().toString()),
                        Xml.escaped(logFile(place).toString()),
                        Xml.escaped(logFile(place).toString()));
    }

    @Override
    public List<List<String>> install(Place place) {
        return List.of(
                List.of("launchctl", "bootstrap", domain(place), file(place).toString()));
    }

    @Override
    public List<List<String>> stop(Place place) {
        return List.of(List.of("launchctl", "bootout", domain(place) + "/" + LABEL));
    }

    @Override
    public List<String> status(Place place) {
        return List.of("launchctl", "print", domain(place) + "/" + LABEL);
    }

    @Override
    public State state(int exitCode, String output) {
        if (exitCode == NOT_FOUND || output.contains("Could not find service")) {
            return State.ABSENT;
        }
        if (exitCode != 0) {
            return State.UNKNOWN;
        }
        return output.lines().map(String::strip).anyMatch("state = running"::equals) ? State.RUNNING : State.STOPPED;
    }

    @Override
    public Message log(Place place) {
        return Message.of("background.log-file", "file", logFile(place));
    }

    private static String domain(Place place) {
        return "gui/" + place.user();
    }
}
