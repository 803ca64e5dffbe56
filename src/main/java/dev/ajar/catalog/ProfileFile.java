package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.message.ResourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads the files of the folder {@code profiles}, which is part of the program. */
final class ProfileFile {
    private ProfileFile() {}

    /**
     * @param name below {@code profiles}, without {@code .json}
     * @return empty where the file does not exist
     */
    static Optional<byte[]> bytes(String name) {
        try (InputStream in = ResourceFile.open(ProfileFile.class, "/profiles/" + name + ".json")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<JsonObject> find(String name) {
        return bytes(name).map(JsonReader::read);
    }

    /** Reads a file that is part of every build. */
    static JsonObject read(String name) {
        return find(name).orElseThrow(() -> new IllegalStateException("missing from the program: " + name));
    }
}
