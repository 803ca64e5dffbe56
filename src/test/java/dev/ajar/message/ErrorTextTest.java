package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
    @Test
    void an_error_speaks_for_itself_or_its_cause_does() {
        assertThat(ErrorText.of(new IOException("Connection reset"))).contains("Connection reset");
        assertThat(ErrorText.of(new IOException(new IOException("Broken pipe"))))
                .contains("Broken pipe");
        assertThat(ErrorText.of(new IOException("/srv/a.b/C: no such file"))).contains("/srv/a.b/C: no such file");
    }

    @Test
    void the_name_of_a_class_is_never_said() {
        assertThat(ErrorText.of(new ClosedChannelException())).isEmpty();
        assertThat(ErrorText.of(new IOException(new ClosedChannelException()))).isEmpty();
        assertThat(ErrorText.of(new IOException("ProtocolException: bad"))).isEmpty();
        assertThat(ErrorText.of(new IOException("org.example.http.Thing failed")))
                .isEmpty();
    }

    /** Java's own text of a file that may not be read is the file's name. */
    @Test
    void a_file_that_may_not_be_opened_has_a_reason() {
        assertThat(ErrorText.reason(new AccessDeniedException("/etc/ajar/token")))
                .hasToString("permission denied");
        assertThat(ErrorText.reason(new FileSystemException("/etc/ajar/token", null, "Is a directory")))
                .hasToString("Is a directory");
        assertThat(ErrorText.reason(new IOException("Address already in use"))).hasToString("Address already in use");
        assertThat(ErrorText.reason(new IOException())).hasToString("the disk reported an error");
    }
}
