package dev.ajar.state.file;

import dev.ajar.json.JsonException;
import dev.ajar.json.JsonObject;
import dev.ajar.json.JsonReader;
import dev.ajar.json.JsonWriter;
import dev.ajar.message.Message;
import dev.ajar.model.MappingProtocols;
import dev.ajar.state.Snapshot;
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
        record Good(Snapshot snapshot, Envelope envelope) implements Content {}

        record Damaged(Message why) implements Content {}

        /** Written by a later version of ajar, in a way that this one cannot read at all. */
        record Newer(long schema) implements Content {}
    }

    static byte[] write(Snapshot snapshot, Envelope envelope, MappingProtocols protocols) {
        String body = JsonWriter.write(new SnapshotJson(protocols).write(snapshot, envelope))
                        .substring(1) + "\n";
        byte[] rest = body.getBytes(StandardCharsets.UTF_8);
        String head = BEGIN + checksum(rest, 0) + AFTER;
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** @param protocols whose mappings can be read; others are kept as they are */
    static Content read(byte[] bytes, MappingProtocols protocols) {
        try {
            JsonObject document = JsonReader.read(bytes);
            long schema = SnapshotJson.schema(document);
            try {
                if (schema != SnapshotJson.FIRST_SCHEMA && !isWhole(bytes)) {
                    return schema > SnapshotJson.SCHEMA
                            ? new Content.Newer(schema)
                            : new Content.Damaged(Message.of("state.checksum"));
                }
                SnapshotJson.Document read = new SnapshotJson(protocols).read(document);
                return new Content.Good(read.snapshot(), read.envelope());
            } catch (JsonException e) {
                return schema > SnapshotJson.SCHEMA
                        ? new Content.Newer(schema)
                        : new Content.Damaged(Message.verbatim(String.valueOf(e.getMessage())));
            }
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
