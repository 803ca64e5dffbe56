package dev.ajar.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecureNoncesTest {
    @TempDir
    private Path folder = Path.of("");

    private String kernel(int... bytes) throws IOException {
        byte[] all = new byte[bytes.length];
        IntStream.range(0, bytes.length).forEach(i -> all[i] = (byte) bytes[i]);
        return Files.write(folder.resolve("random"), all).toString();
    }

    @Test
    void numbers_are_the_kernels() throws IOException {
        SecureNonces nonces = new SecureNonces(kernel(1, 2, 3, 4, 5, 6, 7, 0xF8, 9));
        byte[] bytes = new byte[9];

        nonces.nextBytes(bytes);

        assertThat(bytes).containsExactly(1, 2, 3, 4, 5, 6, 7, -8, 9);
        assertThat(nonces.nextLong()).isEqualTo(0x01020304050607F8L);
    }

    /** What looks like the kernel's file and ends early would leave zeros. */
    @Test
    void without_the_kernels_file_they_are_the_jdks() throws IOException {
        for (String file :
                new String[] {"", folder.resolve("missing").toString(), folder.toString(), kernel(1, 2, 3)}) {
            SecureNonces nonces = new SecureNonces(file);
            byte[] bytes = new byte[64];

            nonces.nextBytes(bytes);

            assertThat(IntStream.range(3, 64).map(i -> bytes[i]).distinct().count())
                    .isGreaterThan(20);
            assertThat(LongStream.generate(nonces::nextLong)
                            .limit(20)
                            .distinct()
                            .count())
                    .isEqualTo(20);
        }
    }

    @Test
    void no_two_are_alike() {
        SecureNonces nonces = new SecureNonces();

        assertThat(LongStream.generate(nonces::nextLong).limit(1000).distinct().count())
                .isEqualTo(1000);
    }
}
