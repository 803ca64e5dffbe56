package dev.ajar.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object. Reading a member that is missing or of another type throws a {@link JsonException}. */
public final class JsonObject {
    private final Map<String, @Nullable Object> members;

    JsonObject(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** The names of all members. */
    public Set<String> names() {
        return members.keySet();
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    public String text(String name) {
        return required(name, String.class);
    }

    public Optional<String> optionalText(String name) {
        return member(name, String.class);
    }

    public long number(String name) {
        return required(name, Long.class);
    }

    public Optional<Long> optionalNumber(String name) {
        return member(name, Long.class);
    }

    public boolean flag(String name) {
        return required(name, Boolean.class);
    }

    public Optional<JsonObject> object(String name) {
        return member(name, JsonObject.class);
    }

    public List<JsonObject> objects(String name) {
        return list(name, value -> as(name, JsonObject.class, value));
    }

    public List<String> texts(String name) {
        return list(name, value -> as(name, String.class, value));
    }

    /** Empty without the member. */
    public List<String> optionalTexts(String name) {
        return has(name) ? texts(name) : List.of();
    }

    /** All members, which must be strings. */
    public Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        members.keySet().forEach(name -> texts.put(name, text(name)));
        return texts;
    }

    /** The whole object as {@link JsonWriter} takes it, to be written again as it was. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> copy.put(name, plain(value)));
        return copy;
    }

    /** The members that are texts, numbers or flags. */
    public Map<String, Object> scalars() {
        Map<String, Object> copy = new LinkedHashMap<>();
        members.forEach((name, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                copy.put(name, value);
            }
        });
        return copy;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case JsonObject object -> object.toMap();
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(plain(element)));
                yield copy;
            }
            default -> value;
        };
    }

    public List<Long> numbers(String name) {
        return list(name, value -> as(name, Long.class, value));
    }

    private <T> List<T> list(String name, Function<Object, T> reader) {
        List<?> values = required(name, List.class);
        return values.stream().filter(Objects::nonNull).<T>map(reader).toList();
    }

    private <T> T required(String name, Class<T> kind) {
        return member(name, kind).orElseThrow(() -> new JsonException("\"" + name + "\" is missing"));
    }

    private <T> Optional<T> member(String name, Class<T> kind) {
        Object value = members.get(name);
        return value == null ? Optional.empty() : Optional.of(as(name, kind, value));
    }

    private static <T> T as(String name, Class<T> kind, Object value) {
        if (!kind.isInstance(value)) {
            throw new JsonException("\"" + name + "\" has the wrong type");
        }
        return kind.cast(value);
    }
}
