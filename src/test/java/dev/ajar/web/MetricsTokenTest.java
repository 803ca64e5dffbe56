package dev.ajar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTokenTest {
    @TempDir
    Path folder;

    private Result<BearerToken> read(String content, String rights) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
        return MetricsToken.read(file);
    }

    private static String refusal(Result<BearerToken> result) {
        return ((Result.Err<BearerToken>) result).failure().detail().toString();
    }

    @Test
    void a_file_of_one_word_is_read() throws IOException {
        assertThat(read("0123456789abcdef\n", "rw-r-----").toOptional()).contains(new BearerToken("0123456789abcdef"));
    }

    @Test
    void what_is_no_secret_is_refused() throws IOException {
        assertThat(refusal(read("0123456789abcdef\n", "rw-r--r--"))).contains("every user", "chmod o=");
        assertThat(refusal(read("\n", "rw-------"))).contains("at least 16");
        assertThat(refusal(read("short", "rw-------"))).contains("at least 16");
        assertThat(refusal(read("two words, long enough", "rw-------"))).contains("one word");
        assertThat(refusal(read("a".repeat(5000), "rw-------"))).contains("too large");
        assertThat(refusal(MetricsToken.read(folder))).contains("not a regular file");
        assertThat(refusal(MetricsToken.read(folder.resolve("missing")))).contains("does not exist");
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        assertThat(refusal(MetricsToken.read(loop))).contains("cannot be read: Too many");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rw-------"));
        assertThat(refusal(MetricsToken.read(binary))).contains("one word");
    }

    @Test
    void the_word_is_in_no_text() {
        assertThat(new BearerToken("0123456789abcdef").toString()).doesNotContain("0123");
    }
}
