package dev.ajar.state;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.MappingProtocols;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * The bytes of the state file: one JSON object whose first member is a checksum of everything behind it. Without it, a
 * flipped bit could turn the record of an ajar mapping into one of another program's mapping.
 */
final class StateFile {
    private static final String BEGIN = "{\"crc32\":\"";
    private static final String AFTER = "\",";
    private static final int DIGITS = 8;
    private static final int HEAD = BEGIN.length() + DIGITS + AFTER.length();

    private StateFile() {}

    /** What was read from a file. */
    sealed interface Content {
        /** @param old whether it is of an earlier version, which had no checksum */
        record Good(Snapshot snapshot, boolean old) implements Content {}

        record Damaged(Message why) implements Content {}

        /** Written by a later version of ajar, so this one must not change it. */
        record Newer(long schema) implements Content {}
    }

    static byte[] write(Snapshot snapshot, MappingProtocols protocols) {
        String body =
                JsonWriter.write(new SnapshotJson(protocols).write(snapshot)).substring(1) + "\n";
        byte[] rest = body.getBytes(StandardCharsets.UTF_8);
        String head = BEGIN + checksum(rest, 0) + AFTER;
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** @param protocols whose mappings can be read; others are kept as they are */
    static Content read(byte[] bytes, MappingProtocols protocols) {
        try {
            JsonObject document = JsonReader.read(bytes);
            long schema = SnapshotJson.schema(document);
            if (schema > SnapshotJson.SCHEMA) {
                return new Content.Newer(schema);
            }
            boolean old = schema == SnapshotJson.FIRST_SCHEMA;
            if (!old && !isWhole(bytes)) {
                return new Content.Damaged(Message.of("state.checksum"));
            }
            return new Content.Good(new SnapshotJson(protocols).read(document), old);
        } catch (JsonException e) {
            return new Content.Damaged(Message.verbatim(String.valueOf(e.getMessage())));
        }
    }

    private static boolean isWhole(byte[] bytes) {
        if (bytes.length < HEAD) {
            return false;
        }
        String head = new String(bytes, 0, HEAD, StandardCharsets.UTF_8);
        return head.equals(BEGIN + checksum(bytes, HEAD) + AFTER);
    }

    private static String checksum(byte[] bytes, int from) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, bytes.length - from);
        return "%08x".formatted(crc.getValue());
    }
}
