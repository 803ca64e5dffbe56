package dev.ajar.json;

import dev.ajar.message.Message;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes maps, lists, strings, messages, numbers and booleans as one line of JSON; an empty Optional becomes null. */
public final class JsonWriter {
    private JsonWriter() {}

    /** @param document its members, written in its iteration order */
    public static String write(Map<String, ? extends @Nullable Object> document) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            value(generator, document);
        }
        return text.toString();
    }

    private static void value(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case Optional<?> maybe -> value(generator, maybe.orElse(null));
            case Map<?, ?> map -> {
                generator.writeStartObject();
                map.forEach((name, member) -> {
                    generator.writeName(String.valueOf(name));
                    value(generator, member);
                });
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                list.forEach(element -> value(generator, element));
                generator.writeEndArray();
            }
            case String text -> generator.writeString(text);
            case Message sentence -> generator.writeString(sentence.toString());
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case BigInteger number -> generator.writeNumber(number);
            case Double number -> generator.writeNumber(number);
            case Boolean flag -> generator.writeBoolean(flag);
            default -> throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }
}
