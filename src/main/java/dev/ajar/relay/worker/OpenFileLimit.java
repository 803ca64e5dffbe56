package dev.ajar.relay.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many files, and so sockets, a process may have open. */
public final class OpenFileLimit {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern OPEN_FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+)\\s");

    /** Where the system does not tell: enough for the default limits of a rule. */
    static final long USUAL = 4096 + 256;

    private OpenFileLimit() {}

    /** The soft limit of this process. */
    public static long ofThisProcess() {
        try {
            return in(Files.readString(LIMITS));
        } catch (IOException e) {
            return USUAL;
        }
    }

    /** @param limits in the format of {@code /proc/PID/limits} (proc(5)) */
    static long in(String limits) {
        Matcher line = OPEN_FILES.matcher(limits);
        try {
            return line.find() ? Long.parseLong(line.group(1)) : USUAL;
        } catch (NumberFormatException e) {
            return USUAL;
        }
    }
}
