package dev.ajar.catalog;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** The makes of router whose pages are known. */
public final class GuideCatalog {
    private static final String FOLDER = "/profiles/routers/";
    private static final String GENERIC = "generic";

    private final List<RouterGuide> guides = new ArrayList<>();

    /** All of them, in the order in which they are tried; the one for any other router is the last. */
    public List<RouterGuide> all() {
        if (guides.isEmpty()) {
            for (String id : read("guides").orElseThrow().texts("guides")) {
                guides.add(GuideReader.read(read(id).orElseThrow()));
            }
        }
        return List.copyOf(guides);
    }

    /** @param name its id, or one of the other names people give it; letter case does not matter */
    public Optional<RouterGuide> find(String name) {
        String word = name.strip().toLowerCase(Locale.ROOT).replace(' ', '-').replace("!", "");
        return all().stream()
                .filter(guide -> guide.id().equals(word) || guide.aliases().contains(word))
                .findFirst();
    }

    /** What to do where nothing is known of the router. */
    public RouterGuide generic() {
        return find(GENERIC).orElseThrow();
    }

    /** Whether it is the one for any other router. */
    public static boolean isGeneric(RouterGuide guide) {
        return guide.id().equals(GENERIC);
    }

    /** By what it says of itself, then by its page, and only then by who made its network card. */
    public Optional<RouterGuide> recognise(RouterTraces traces) {
        return first(guide -> guide.signs().fitDescription(traces))
                .or(() -> first(guide -> guide.signs().fitPage(traces)))
                .or(() -> first(guide -> guide.signs().fitAddress(traces)));
    }

    private Optional<RouterGuide> first(Predicate<RouterGuide> fits) {
        return all().stream().filter(fits).findFirst();
    }

    private static Optional<JsonObject> read(String name) {
        try (InputStream in = GuideCatalog.class.getResourceAsStream(FOLDER + name + ".json")) {
            return in == null ? Optional.empty() : Optional.of(JsonReader.read(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
