package dev.ajar.launch;

import dev.ajar.system.Signals;
import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The user's program. It gets the terminal, standard input and output, and the signals sent to ajar. */
final class ChildProcess implements Program.Running {
    /** The signals programs use that a JVM lets us handle. */
    private static final List<String> PASSED_ON = List.of("TERM", "HUP", "INT", "USR1", "USR2", "WINCH");

    private static final Path OUR_STATUS = Path.of("/proc/self/stat");

    private final SupervisedProcess process;

    private ChildProcess(SupervisedProcess process) {
        this.process = process;
    }

    static ChildProcess start(List<String> command) throws IOException {
        ChildProcess child = new ChildProcess(SupervisedProcess.onTerminal(command));
        for (String name : PASSED_ON) {
            Signals.hear(name, child::pass);
        }
        return child;
    }

    /**
     * A signal that a terminal sends, by Ctrl-C or by closing, goes to every process in its foreground: the program has
     * received it already. A second one would make many programs end at once.
     */
    private void pass(String signal) {
        boolean fromTerminal = signal.equals("INT") || signal.equals("WINCH");
        if (fromTerminal && isInForeground()) {
            return;
        }
        process.signal(signal);
    }

    /** Fields 5 and 8 of /proc/self/stat: our process group, and that of the terminal's foreground (proc(5)). */
    private static boolean isInForeground() {
        try {
            String stat = Files.readString(OUR_STATUS, StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[2].equals(fields[5]);
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public void whenEnded(Runnable action) {
        process.whenEnded(action);
    }

    @Override
    public int await() throws InterruptedException {
        return process.await();
    }
}
