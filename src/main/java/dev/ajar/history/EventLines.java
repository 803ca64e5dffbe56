package dev.ajar.history;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The contents of the history's file. */
final class EventLines {
    /** A longer line is damaged: no event needs so much. */
    private static final int LONGEST = 8 * 1024;

    private EventLines() {}

    /** The readable events since then, oldest first. */
    static List<LoggedEvent> read(byte[] content, Instant since) {
        return lines(content).stream()
                .map(EventJson::read)
                .flatMap(Optional::stream)
                .filter(event -> !event.at().isBefore(since))
                .sorted(Comparator.comparing(LoggedEvent::at))
                .toList();
    }

    /**
     * The lines to keep. Those of a newer ajar stay as they are; damaged ones go.
     *
     * @param oldest earlier events go
     * @param most how many bytes stay, of the last lines
     */
    static byte[] pruned(byte[] content, Instant oldest, int most) {
        List<byte[]> young = lines(content).stream()
                .filter(line ->
                        EventJson.at(line).filter(at -> !at.isBefore(oldest)).isPresent())
                .toList();
        int first = young.size();
        int size = 0;
        while (first > 0 && size + young.get(first - 1).length + 1 <= most) {
            first--;
            size += young.get(first).length + 1;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream(size);
        for (byte[] line : young.subList(first, young.size())) {
            kept.writeBytes(line);
            kept.write('\n');
        }
        return kept.toByteArray();
    }

    private static List<byte[]> lines(byte[] content) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at <= content.length; at++) {
            if (at == content.length || content[at] == '\n') {
                if (at > from && at - from <= LONGEST) {
                    lines.add(Arrays.copyOfRange(content, from, at));
                }
                from = at + 1;
            }
        }
        return lines;
    }
}
