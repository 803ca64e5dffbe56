package dev.ajar.system;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Unpredictable numbers. They are read from the kernel's own generator where it has a file: the JDK's reads the same
 * one, and setting it up takes longer than most of what a command does. Elsewhere the JDK's is set up when the first
 * number is drawn.
 */
public final class SecureNonces implements RandomGenerator {
    private static final String KERNELS = "/dev/urandom";

    private final String file;
    private @Nullable SecureRandom random;

    /** On Windows any user may make a file of that name. */
    public SecureNonces() {
        this(File.separatorChar == '/' ? KERNELS : "");
    }

    /** @param file of the kernel's generator; empty where there is none */
    SecureNonces(String file) {
        this.file = file;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        try (InputStream kernel = new FileInputStream(file)) {
            if (kernel.readNBytes(bytes, 0, bytes.length) == bytes.length) {
                return;
            }
        } catch (IOException e) {
            // This system has no such file, or shows it to others.
        }
        random().nextBytes(bytes);
    }

    private SecureRandom random() {
        SecureRandom ready = random;
        if (ready == null) {
            ready = new SecureRandom();
            random = ready;
        }
        return ready;
    }

    @Override
    public long nextLong() {
        byte[] bytes = new byte[Long.BYTES];
        nextBytes(bytes);
        long number = 0;
        for (byte one : bytes) {
            number = number << Byte.SIZE | (one & 0xFF);
        }
        return number;
    }
}
