package dev.ajar.system;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Unpredictable numbers. The generator is only set up when the first is drawn: most commands never need one. */
public final class SecureNonces implements RandomGenerator {
    private @Nullable SecureRandom random;

    private SecureRandom random() {
        SecureRandom ready = random;
        if (ready == null) {
            ready = new SecureRandom();
            random = ready;
        }
        return ready;
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random().nextBytes(bytes);
    }

    @Override
    public long nextLong() {
        return random().nextLong();
    }
}
