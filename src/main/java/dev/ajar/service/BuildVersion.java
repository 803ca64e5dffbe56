package dev.ajar.service;

import dev.ajar.message.ResourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote down. */
public final class BuildVersion {
    private BuildVersion() {}

    /** {@code 1.2.3}. */
    public static String text() {
        Properties properties = new Properties();
        try (InputStream in = ResourceFile.open(BuildVersion.class, "/ajar-version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version", "unknown");
    }
}
