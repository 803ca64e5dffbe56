package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems such as macOS have no {@code /proc} that tells the user of a process. */
class UnixRightsTest {
    private static final int ANOTHER = 12_345;

    @TempDir
    Path folder;

    @Test
    void without_proc_a_new_file_tells_the_user() throws IOException {
        UnixRights rights = new UnixRights(folder.resolve("missing"));
        Path file = Files.createFile(folder.resolve("own"));
        assertThat(rights.isOwn(file)).isTrue();
        assertThat(rights.isTrusted(file)).isTrue();
        // As root under sudo: what belongs to the user whose home folder it is, is not its own.
        Assumptions.assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid")), "root alone can");
        Files.setAttribute(file, "unix:uid", ANOTHER);
        assertThat(rights.isOwn(file)).isFalse();
    }
}
