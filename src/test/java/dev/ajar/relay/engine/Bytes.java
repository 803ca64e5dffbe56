package dev.ajar.relay.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Streams of a byte that counts up from a seed, and their SHA-256. */
final class Bytes {
    private static final int PIECE = 64 * 1024;

    private Bytes() {}

    static MessageDigest sha() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] piece(byte seed) {
        byte[] piece = new byte[PIECE];
        for (int i = 0; i < PIECE; i++) {
            piece[i] = (byte) (seed + i * 31 + (i >> 8));
        }
        return piece;
    }

    static void write(OutputStream out, byte seed, long length) throws IOException {
        byte[] piece = piece(seed);
        for (long left = length; left > 0; left -= PIECE) {
            out.write(piece, 0, (int) Math.min(PIECE, left));
        }
        out.flush();
    }

    static byte[] hash(byte seed, long length) {
        MessageDigest digest = sha();
        byte[] piece = piece(seed);
        for (long left = length; left > 0; left -= PIECE) {
            digest.update(piece, 0, (int) Math.min(PIECE, left));
        }
        return digest.digest();
    }

    /** The digest of what is read, up to so many bytes or the end. */
    static byte[] hash(InputStream in, long length) throws IOException {
        MessageDigest digest = sha();
        byte[] buffer = new byte[PIECE];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(PIECE, left));
            if (read < 0) {
                break;
            }
            digest.update(Arrays.copyOf(buffer, read));
            left -= read;
        }
        return digest.digest();
    }
}
