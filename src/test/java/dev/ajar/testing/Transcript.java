package dev.ajar.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A file of {@code docs/transcripts}: what was typed at a terminal of 80 columns, and what came. To record them anew:
 * {@code -Dajar.transcripts=record}, then read the difference.
 */
public final class Transcript {
    public static final Path FOLDER = Path.of(System.getProperty("ajar.transcripts.folder", "docs/transcripts"));
    public static final int COLUMNS = 80;

    private Transcript() {}

    /** @param seen with times and all that differs from one run to the next */
    public static void compare(Path file, String seen) throws IOException {
        String steady = withoutTimes(seen);
        if (System.getProperty("ajar.transcripts", "").equals("record")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, steady);
        }
        assertThat(steady).as(file.toString()).isEqualTo(Files.readString(file));
    }

    /**
     * What differs from one run to the next, as wide as it was: times, ports, the order of answers, and the step that
     * is told only where it takes long.
     */
    public static String withoutTimes(String text) {
        List<String> kept = new ArrayList<>();
        int answers = 0;
        for (String line : text.lines().toList()) {
            if (!line.endsWith(" …")) {
                kept.add(line.replaceAll("\\b\\d{4}-\\d\\d-\\d\\d\\b", "2026-01-01")
                        .replaceAll("\\b\\d\\d:\\d\\d(?::\\d\\d)?\\b", "20:46")
                        .replaceAll("(http://127\\.0\\.0\\.1:|127\\.0\\.0\\.1 \\p{L}+ )\\d{5}\\b", "$1" + "54321"));
                int last = kept.size() - 1;
                if (kept.get(last).matches("(?:   PROTOCOL|\\*  (?:tcp|udp)|   (?:tcp|udp)) .*")) {
                    kept.set(last, withoutLease(kept.get(last)));
                }
                boolean asked = line.matches("  (?:lo|eth0)  .*") || line.startsWith("seen ");
                answers = asked ? answers + 1 : 0;
                kept.subList(kept.size() - answers, kept.size()).sort(null);
            }
        }
        return kept.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** The line of a list, whose columns are as wide as what is left of the leases. */
    private static String withoutLease(String line) {
        return line.substring(0, 3)
                + line.substring(3)
                        .replaceAll("\\b1h59m\\d+s\\b|\\b2h\\b", "2h")
                        .replaceAll(" {2,}", "  ");
    }
}
