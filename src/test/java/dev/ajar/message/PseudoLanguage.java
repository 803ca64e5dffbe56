package dev.ajar.message;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * English in capitals: what a command prints in small letters did not come through the files of the user's language.
 */
public final class PseudoLanguage {
    static final Path FILES = Path.of("src/main/resources/messages");

    private static final Pattern OUTSIDE_BRACES = Pattern.compile("(?<=^|})[^{]+");

    private PseudoLanguage() {}

    public static Messages messages() {
        Map<String, Properties> areas = new HashMap<>();
        for (Path file : files(FILES)) {
            Properties capitals = new Properties();
            read(file).forEach((key, text) -> capitals.setProperty(key.toString(), capitals(text.toString())));
            areas.put(area(file), capitals);
        }
        return Messages.of(null, areas);
    }

    private static String capitals(String sentence) {
        return OUTSIDE_BRACES.matcher(sentence).replaceAll(PseudoLanguage::capitals);
    }

    private static String capitals(MatchResult part) {
        return java.util.regex.Matcher.quoteReplacement(part.group().toUpperCase(Locale.ROOT));
    }

    /** The parts of all English sentences between their placeholders. */
    public static List<String> english() {
        return files(FILES).stream()
                .flatMap(file -> read(file).values().stream())
                .flatMap(sentence -> OUTSIDE_BRACES.matcher(sentence.toString()).results())
                .flatMap(part -> part.group().lines())
                .map(String::strip)
                .distinct()
                .toList();
    }

    static String area(Path file) {
        return String.valueOf(file.getFileName()).replace(".properties", "");
    }

    static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Properties read(Path file) {
        Properties read = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            read.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }
}
