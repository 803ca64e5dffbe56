package dev.ajar.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Processes as the kernel shows them, and on other systems as the JDK does. */
public final class SystemProcesses implements Processes {
    /** Of /proc/PID/stat behind the name: the start, in ticks since the machine was started (proc(5), field 22). */
    private static final int START_FIELD = 19;

    private static final int TICK_MILLIS = 10;

    @Override
    public Identity self() {
        ProcessHandle self = ProcessHandle.current();
        return new Identity(self.pid(), startOf(self).orElse(Instant.EPOCH));
    }

    @Override
    public boolean lives(Identity process) {
        return ProcessHandle.of(process.pid())
                .filter(ProcessHandle::isAlive)
                .map(SystemProcesses::startOf)
                // Where the system does not tell when it began, its number has to do.
                .filter(started -> started.map(process::isAbout).orElse(true))
                .isPresent();
    }

    /** Counted from the machine's start, because the JDK's start time changes when the clock is set. */
    private static Optional<Instant> startOf(ProcessHandle process) {
        try {
            Path status = Path.of("/proc", Long.toString(process.pid()), "stat");
            String stat = Files.readString(status, StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(fields[START_FIELD]) * TICK_MILLIS));
        } catch (IOException | RuntimeException e) {
            return process.info().startInstant();
        }
    }
}
