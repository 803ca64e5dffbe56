package dev.ajar.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Unpacks a body that a router has compressed, though ajar never says that it reads that. */
final class PackedBody {
    private static final int ZLIB_CHECK = 31;
    private static final int DEFLATE = 8;

    private PackedBody() {}

    /** @param coding the Content-Encoding; gzip is known by its first bytes, whatever the head says */
    static BodyReader.Body unpack(BodyReader.Body body, String coding) {
        byte[] bytes = body.bytes();
        if (bytes.length < 2) {
            return body;
        }
        int first = bytes[0] & 0xFF;
        int second = bytes[1] & 0xFF;
        InputStream packed = new ByteArrayInputStream(bytes);
        if (first == 0x1F && second == 0x8B) {
            return read(() -> new GZIPInputStream(packed));
        }
        if (!coding.toLowerCase(Locale.ROOT).contains("deflate") || first == '<') {
            return body;
        }
        // Some leave out the frame of zlib, as browsers have always allowed (RFC 9110 section 8.4.1.2).
        boolean framed = (first & 0x0F) == DEFLATE && (first * 256 + second) % ZLIB_CHECK == 0;
        Inflater inflater = new Inflater(!framed);
        try {
            return read(() -> new InflaterInputStream(packed, inflater));
        } finally {
            inflater.end();
        }
    }

    @FunctionalInterface
    private interface Unpacking {
        InputStream begin() throws IOException;
    }

    /** What can be unpacked within the limit of an answer; it is whole if it ends as packed data does. */
    private static BodyReader.Body read(Unpacking unpacking) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] buffer = new byte[4096];
        try (InputStream in = unpacking.begin()) {
            int count = in.read(buffer);
            while (count >= 0 && body.size() + count <= RouterHttp.MOST_BYTES) {
                body.write(buffer, 0, count);
                count = in.read(buffer);
            }
            return new BodyReader.Body(body.toByteArray(), count < 0);
        } catch (IOException e) {
            // Cut off, or no packed data after all.
            return new BodyReader.Body(body.toByteArray(), false);
        }
    }
}
