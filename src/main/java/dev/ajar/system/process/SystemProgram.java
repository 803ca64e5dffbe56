package dev.ajar.system.process;

import java.util.ArrayList;
import java.util.List;

/** A program that comes with the system. */
public final class SystemProgram {
    private static final String USUAL_ROOT = "C:\\Windows";

    private SystemProgram() {}

    /**
     * The command line that starts the system's own program of that name. Windows looks for a name without a folder in
     * the current folder first, where a download may have put another program of that name.
     *
     * @param command its first word is the name, without {@code .exe}
     */
    public static List<String> command(List<String> command) {
        String root = new ProcessBuilder().environment().getOrDefault("SystemRoot", "");
        return command(System.getProperty("os.name", ""), root, command);
    }

    /**
     * The same on any system.
     *
     * @param system the value of {@code os.name}
     * @param root the folder of Windows; empty where it is not told
     */
    static List<String> command(String system, String root, List<String> command) {
        if (!system.startsWith("Windows")) {
            return command;
        }
        List<String> whole = new ArrayList<>(command);
        whole.set(0, (root.isEmpty() ? USUAL_ROOT : root) + "\\System32\\" + command.getFirst() + ".exe");
        return List.copyOf(whole);
    }
}
