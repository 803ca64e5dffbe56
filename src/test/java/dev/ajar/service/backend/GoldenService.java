package dev.ajar.service.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conversations with the daemon of a version, in the order in which they were recorded. */
final class GoldenService {
    /**
     * Differ from run to run, or are sentences for people, which a later version may word better, or tell what has
     * happened, of which a later version may tell more: only their kind counts.
     */
    private static final Set<String> FREE = Set.of(
            "attempts",
            "events",
            "last",
            "lease_seconds",
            "seconds_left",
            "expires_at",
            "granted_at",
            "checked_at",
            "reported_at",
            "at",
            "stale",
            "location",
            "message",
            "message_sentence",
            "advice",
            "advice_sentences",
            "remark",
            "remark_sentence");

    private static final String MARK = "(ajar [0-9]+ (?:tcp|udp)) [a-z0-9]{4}\\b";

    /** A request and the document that answered it. */
    record Exchange(String request, String answer) {}

    private GoldenService() {}

    static List<Exchange> read(String version) {
        try (InputStream in = GoldenService.class.getResourceAsStream("/control/" + version + "-service.txt")) {
            assertThat(in).as(version).isNotNull();
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("> ") || line.startsWith("< "))
                    .map(line -> line.substring(2))
                    .toList();
            List<Exchange> exchanges = new ArrayList<>();
            for (int i = 0; i < lines.size(); i += 2) {
                exchanges.add(new Exchange(lines.get(i), lines.get(i + 1)));
            }
            return exchanges;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Every member of the recorded document is in the answer with the same value; the answer may have more. */
    static void assertContinues(Exchange recorded, String answer) {
        // Without a fresh look the answer depends on how fast the router was: only its members are the same.
        boolean exact = !recorded.request().contains("\"check\":false")
                && !recorded.request().contains("\"gateway\":{},\"timeout");
        continues(recorded.request(), parsed(recorded.answer()), parsed(answer), exact);
    }

    private static Object parsed(String json) {
        return JsonReader.read(json.replaceAll(MARK, "$1 MARK").getBytes(StandardCharsets.UTF_8))
                .toMap();
    }

    private static void continues(String where, @Nullable Object recorded, @Nullable Object now, boolean exact) {
        switch (recorded) {
            case Map<?, ?> members -> {
                if (!exact && now == null) {
                    return;
                }
                Map<?, ?> there = as(where, Map.class, now);
                members.forEach((name, value) -> {
                    assertThat(there.containsKey(name)).as(where + " " + name).isTrue();
                    if (FREE.contains(name)) {
                        assertThat(kind(there.get(name))).as(where + " " + name).isEqualTo(kind(value));
                    } else {
                        continues(where + " " + name, value, there.get(name), exact);
                    }
                });
            }
            case List<?> elements
            when where.endsWith(" requests") ->
                assertThat(elements.stream().allMatch(each -> ((List<?>) as(where, List.class, now)).contains(each)))
                        .as(where)
                        .isTrue();
            case List<?> elements
            when exact -> {
                List<?> there = as(where, List.class, now);
                assertThat(there).as(where).hasSameSizeAs(elements);
                for (int i = 0; i < elements.size(); i++) {
                    continues(where + "[" + i + "]", elements.get(i), there.get(i), true);
                }
            }
            case null, default -> {
                if (exact) {
                    assertThat(now).as(where).isEqualTo(recorded);
                }
            }
        }
    }

    private static <T> T as(String where, Class<T> kind, @Nullable Object value) {
        if (kind.isInstance(value)) {
            return kind.cast(value);
        }
        throw new AssertionError(where + " is " + value);
    }

    private static String kind(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof List<?>
                ? "list"
                : value instanceof Map<?, ?> ? "object" : value.getClass().getSimpleName();
    }
}
