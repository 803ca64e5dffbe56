package dev.ajar.launch;

import dev.ajar.system.Signals;
import dev.ajar.system.process.SupervisedProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The user's program. It gets the terminal, standard input and output, and the signals sent to ajar. */
final class ChildProcess implements Program.Running {
    /** The signals programs use that a JVM lets us handle. */
    private static final List<String> PASSED_ON = List.of("TERM", "HUP", "INT", "USR1", "USR2", "WINCH");

    private static final Path OUR_STATUS = Path.of("/proc/self/stat");

    private final SupervisedProcess process;
    private final String system;

    private ChildProcess(SupervisedProcess process, String system) {
        this.process = process;
        this.system = system;
    }

    static ChildProcess start(List<String> command) throws IOException {
        ChildProcess child = new ChildProcess(SupervisedProcess.onTerminal(command), System.getProperty("os.name", ""));
        for (String name : PASSED_ON) {
            Signals.hear(name, child::pass);
        }
        return child;
    }

    private void pass(String signal) {
        if (!hasReceived(signal, system, ChildProcess::isInForeground)) {
            process.signal(signal);
        }
    }

    /**
     * Whether the program has received a signal as well that ajar has heard. One that a terminal sends, by Ctrl-C or by
     * closing, goes to every process in its foreground; a second one would make many programs end at once. Windows has
     * no others: its console tells Ctrl-C, its closing and the end of the session to every process, and all that ajar
     * could send is the end without a warning.
     *
     * @param system the value of {@code os.name}
     */
    static boolean hasReceived(String signal, String system, BooleanSupplier inForeground) {
        if (system.startsWith("Windows")) {
            return true;
        }
        boolean fromTerminal = signal.equals("INT") || signal.equals("WINCH");
        return fromTerminal && inForeground.getAsBoolean();
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
