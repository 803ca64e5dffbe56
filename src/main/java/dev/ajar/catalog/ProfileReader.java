package dev.ajar.catalog;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.model.Adjustment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads a profile, as defined by {@code profiles/router.schema.json}. */
final class ProfileReader {
    private ProfileReader() {}

    /** @throws dev.ajar.json.JsonException if it is not a profile */
    static RouterProfile read(byte[] json) {
        try {
            return read(JsonReader.read(json));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new JsonException("a value is out of range: " + e.getMessage());
        }
    }

    private static RouterProfile read(JsonObject profile) {
        Optional<JsonObject> recognise = profile.object("recognise");
        return new RouterProfile(
                profile.text("id"),
                recognise.map(names -> names.optionalTexts("manufacturer")).orElse(List.of()),
                recognise.map(names -> names.optionalTexts("model")).orElse(List.of()),
                quirks(profile));
    }

    private static RouterProfile.RouterQuirks quirks(JsonObject profile) {
        List<Quirks.Fallback> fallbacks = profile.has("fallbacks")
                ? profile.objects("fallbacks").stream()
                        .map(ProfileReader::fallback)
                        .toList()
                : List.of();
        return new RouterProfile.RouterQuirks(
                fallbacks,
                adjustments(profile, "unexplained"),
                adjustments(profile, "unanswered"),
                profile.has("final_errors") ? Optional.of(codes(profile.numbers("final_errors"))) : Optional.empty(),
                profile.has("anew_hours")
                        ? Optional.of(Duration.ofHours(profile.number("anew_hours")))
                        : Optional.empty());
    }

    private static Quirks.Fallback fallback(JsonObject entry) {
        return new Quirks.Fallback(codes(entry.numbers("on_errors")), Adjustment.valueOf(entry.text("adjustment")));
    }

    private static Optional<List<Adjustment>> adjustments(JsonObject profile, String name) {
        return profile.has(name)
                ? Optional.of(
                        profile.texts(name).stream().map(Adjustment::valueOf).toList())
                : Optional.empty();
    }

    private static Set<Integer> codes(List<Long> numbers) {
        return numbers.stream().map(Math::toIntExact).collect(Collectors.toUnmodifiableSet());
    }
}
