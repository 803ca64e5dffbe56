package dev.ajar.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** Reads a whole JSON document into memory. */
public final class JsonReader {
    private static final int DEEPEST = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private JsonReader() {}

    /** @throws JsonException if the document is not one JSON object */
    public static JsonObject read(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonException("it does not begin with {");
            }
            JsonObject object = object(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("something follows the end");
            }
            return object;
        } catch (JacksonException e) {
            throw new JsonException("it is not valid JSON", e);
        }
    }

    /**
     * The objects of a list; other elements are left out.
     *
     * @throws JsonException if the document is not one JSON list
     */
    public static List<JsonObject> readList(byte[] json) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new JsonException("it does not begin with [");
            }
            List<JsonObject> objects = new ArrayList<>();
            for (Object element : array(parser)) {
                if (element instanceof JsonObject object) {
                    objects.add(object);
                }
            }
            return objects;
        } catch (JacksonException e) {
            throw new JsonException("it is not valid JSON", e);
        }
    }

    private static JsonObject object(JsonParser parser) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            members.put(name, value(parser, parser.nextToken()));
        }
        return new JsonObject(members);
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> whole(parser);
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new JsonException("it is not valid JSON");
        };
    }

    /** Numbers of any size are kept, since a newer ajar may have written them. */
    private static Number whole(JsonParser parser) {
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getBigIntegerValue();
        };
    }

    private static List<@Nullable Object> array(JsonParser parser) {
        List<@Nullable Object> values = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return values;
    }
}
