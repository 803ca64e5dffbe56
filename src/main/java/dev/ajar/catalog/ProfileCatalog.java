package dev.ajar.catalog;

import dev.ajar.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/**
 * The profiles that come with ajar. They are read when a router first refuses something, which in most runs is never:
 * what a router once needed is in the notes.
 */
public final class ProfileCatalog {
    private static final String FOLDER = "/profiles/routers/";
    private static final String STANDARD = "standard";
    private static final Quirks NOTHING = new Quirks(List.of(), List.of(), List.of(), Set.of());

    /** What to try on a router nothing else is known of. */
    public Quirks standardQuirks() {
        return read(STANDARD).quirks().over(NOTHING);
    }

    /** What to try on a router that calls itself so. */
    public Quirks quirks(String manufacturer, String model) {
        Quirks quirks = standardQuirks();
        for (String id : JsonReader.read(bytes("index")).texts("profiles")) {
            RouterProfile profile = read(id);
            if (profile.recognises(manufacturer, model)) {
                return profile.quirks().over(quirks);
            }
        }
        return quirks;
    }

    private static RouterProfile read(String id) {
        return ProfileReader.read(bytes(id));
    }

    private static byte[] bytes(String name) {
        String path = FOLDER + name + ".json";
        try (InputStream in = ProfileCatalog.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
