package dev.ajar.system.process;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What a program has printed. */
final class ProgramText {
    private ProgramText() {}

    static String of(byte[] bytes) {
        return of(bytes, System.getProperty("stdout.encoding", ""), System.getProperty("native.encoding", ""));
    }

    /**
     * UTF-8, or else the first of these charsets that exists: the programs of Windows write in the code page of the
     * console.
     *
     * @param encodings names of charsets
     */
    static String of(byte[] bytes, String... encodings) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, fallback(encodings));
        }
    }

    private static Charset fallback(String... encodings) {
        for (String encoding : encodings) {
            // What is more than ASCII is not that: a service without a locale is told so.
            if (!encoding.isEmpty()
                    && Charset.isSupported(encoding)
                    && !Charset.forName(encoding).equals(StandardCharsets.US_ASCII)) {
                return Charset.forName(encoding);
            }
        }
        return StandardCharsets.UTF_8;
    }
}
