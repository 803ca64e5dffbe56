package dev.ajar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process takes of this machine's memory. */
final class ProcessMemory {
    private static final int KIB_IN_MIB = 1024;

    private ProcessMemory() {}

    /** Its proportional share (PSS) in MiB: what it shares with other processes counts in part. */
    static double mebibytes(Process process) {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            long kib = lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
            return (double) kib / KIB_IN_MIB;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
