package dev.ajar.profile;

import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The profiles that come with ajar. They are read when they are first needed, which in most runs is never. */
public final class ProfileCatalog {
    private static final String STANDARD = "/profiles/routers/standard.json";

    /** What to try on a router nothing else is known of. */
    public Quirks standardQuirks() {
        try (InputStream in = ProfileCatalog.class.getResourceAsStream(STANDARD)) {
            if (in == null) {
                throw new IllegalStateException("missing from the program: " + STANDARD);
            }
            return quirks(JsonReader.read(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Quirks quirks(JsonObject profile) {
        List<Fallback> fallbacks =
                profile.objects("fallbacks").stream()
                        .map(
                                entry ->
                                        new Fallback(
                                                codes(entry.numbers("on_errors")),
                                                Adjustment.valueOf(entry.text("adjustment"))))
                        .toList();
        return new Quirks(
                fallbacks,
                adjustments(profile, "unexplained"),
                adjustments(profile, "unanswered"),
                codes(profile.numbers("final_errors")));
    }

    private static List<Adjustment> adjustments(JsonObject profile, String name) {
        return profile.texts(name).stream().map(Adjustment::valueOf).toList();
    }

    private static Set<Integer> codes(List<Long> numbers) {
        return numbers.stream().map(Math::toIntExact).collect(Collectors.toUnmodifiableSet());
    }
}
