package dev.ajar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a test measured, in {@code target/figures}. {@code test-fixtures/report/report.sh} prints it, and a person
 * copies that table into docs/testing.md: the numbers of that page come from here, and nothing else checks them.
 */
public final class MeasurementLog {
    private static final Path FOLDER = Path.of("target/figures");

    private MeasurementLog() {}

    /**
     * @param what one short name, such as {@code H1}
     * @param figure one line for people
     */
    public static void record(String what, String figure) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(what + ".txt"), figure + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
