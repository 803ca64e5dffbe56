package dev.ajar.launch;

import dev.ajar.catalog.Detection;
import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds one value in the text of an application's settings file. It knows the usual notation of seven formats; a value
 * in an unusual notation is not found, and the usual port is used.
 */
final class SettingsFileText {
    private SettingsFileText() {}

    static Optional<String> value(String text, Detection.Format format, String key) {
        return switch (format) {
            case PROPERTIES -> lines(text, "=", "", key);
            case WORDS -> words(text, key);
            case INI, TOML -> sectioned(text, key);
            case YAML -> yaml(text, key);
            case XML -> xml(text, key);
            case JSON -> json(text, key);
        };
    }

    private static boolean isRemark(String line) {
        return line.startsWith("#") || line.startsWith(";") || line.startsWith("//");
    }

    /** The last line with the key counts, as it does for the applications. */
    private static Optional<String> lines(String text, String sign, String section, String key) {
        String heading = "";
        Optional<String> found = Optional.empty();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith("[") && line.contains("]")) {
                heading = line.substring(1, line.indexOf(']')).strip();
            }
            int at = line.indexOf(sign);
            boolean here = section.isEmpty() || heading.equalsIgnoreCase(section);
            if (at > 0
                    && here
                    && !isRemark(line)
                    && line.substring(0, at).strip().equals(key)) {
                found = Optional.of(unquoted(line.substring(at + sign.length())));
            }
        }
        return found;
    }

    private static Optional<String> sectioned(String text, String key) {
        int dot = key.lastIndexOf('.');
        return lines(text, "=", dot < 0 ? "" : key.substring(0, dot), key.substring(dot + 1));
    }

    private static Optional<String> words(String text, String key) {
        return text.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equalsIgnoreCase(key))
                .map(words -> words[1])
                .findFirst();
    }

    private static Optional<String> xml(String text, String key) {
        var element = Pattern.compile("<[^<>]*\\bname=\"" + Pattern.quote(key) + "\"[^<>]*\\bvalue=\"([^\"]*)\"")
                .matcher(text);
        return element.find() ? Optional.of(element.group(1)) : Optional.empty();
    }

    /** Follows the key's path by the indentation. */
    private static Optional<String> yaml(String text, String key) {
        Deque<String> path = new ArrayDeque<>();
        Deque<Integer> depths = new ArrayDeque<>();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            int colon = line.indexOf(':');
            if (colon <= 0 || isRemark(line) || line.startsWith("-")) {
                continue;
            }
            int depth = raw.indexOf(line);
            while (!depths.isEmpty() && depths.peekLast() >= depth) {
                depths.removeLast();
                path.removeLast();
            }
            path.addLast(line.substring(0, colon).strip());
            depths.addLast(depth);
            String value = unquoted(line.substring(colon + 1));
            if (!value.isEmpty() && String.join(".", path).equals(key)) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> json(String text, String key) {
        try {
            String[] path = key.split("\\.");
            Optional<JsonObject> inner = Optional.of(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
            for (String name : Arrays.copyOf(path, path.length - 1)) {
                inner = inner.flatMap(object -> object.object(name));
            }
            String last = path[path.length - 1];
            return inner.flatMap(object -> number(object, last));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> number(JsonObject object, String name) {
        try {
            return object.optionalNumber(name).map(String::valueOf);
        } catch (JsonException e) {
            return object.optionalText(name);
        }
    }

    private static String unquoted(String value) {
        String text = value.strip();
        int remark = text.indexOf(" #");
        text = remark > 0 ? text.substring(0, remark).strip() : text;
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(0) == text.charAt(text.length() - 1);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
