package dev.ajar.system;

import java.time.Instant;

/** As the JDK tells of them. */
public final class SystemProcesses implements Processes {
    @Override
    public Identity self() {
        ProcessHandle self = ProcessHandle.current();
        return new Identity(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    @Override
    public boolean lives(Identity process) {
        return ProcessHandle.of(process.pid())
                .filter(ProcessHandle::isAlive)
                .map(handle -> handle.info().startInstant())
                // Where the system does not tell when it began, its number has to do.
                .filter(started -> started.map(process::isAbout).orElse(true))
                .isPresent();
    }
}
