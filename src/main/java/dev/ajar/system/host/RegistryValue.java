package dev.ajar.system.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One value of the registry of Windows, as {@code reg query} prints it.
 *
 * @param key the whole name of its key
 */
record RegistryValue(String key, String name, String text) {
    private static final int MOST_LINES = 50_000;

    private static final int LONGEST_LINE = 16_384;

    private static final Pattern VALUE = Pattern.compile("^ {4}(.+?) {4}REG_[A-Z_]{2,20}(?: {4}(.*))?$");

    /** The values that {@code reg query KEY /s} has printed. */
    static List<RegistryValue> parse(String text) {
        List<RegistryValue> values = new ArrayList<>();
        String key = "";
        for (String line : (Iterable<String>) text.lines().limit(MOST_LINES)::iterator) {
            if (line.length() > LONGEST_LINE) {
                continue;
            }
            Matcher value = VALUE.matcher(line);
            if (line.startsWith("HKEY_")) {
                key = line.strip();
            } else if (value.matches()) {
                values.add(new RegistryValue(
                        key,
                        value.group(1),
                        value.group(2) == null ? "" : value.group(2).strip()));
            }
        }
        return values;
    }

    /** The last part of the key. */
    String folder() {
        return key.substring(key.lastIndexOf('\\') + 1);
    }

    /** The same values, without those that are not directly in a folder below that one. */
    static List<RegistryValue> below(String parent, List<RegistryValue> values) {
        return values.stream()
                .filter(value -> value.parent().equalsIgnoreCase(parent))
                .toList();
    }

    private String parent() {
        int end = Math.max(0, key.lastIndexOf('\\'));
        return key.substring(key.lastIndexOf('\\', end - 1) + 1, end);
    }

    /** {@code 0x1}, as a number that is not too large. */
    Optional<Integer> number() {
        return text.matches("0x[0-9a-fA-F]{1,7}")
                ? Optional.of(Integer.parseInt(text.substring(2), 16))
                : Optional.empty();
    }
}
