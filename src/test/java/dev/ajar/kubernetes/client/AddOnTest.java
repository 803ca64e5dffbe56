package dev.ajar.kubernetes.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

class AddOnTest {
    @Test
    void without_the_library_its_archive_is_named() throws IOException {
        assertThat(AddOn.missing(AddOnTest.class.getClassLoader(), "/opt/ajar")).isEmpty();
        try (URLClassLoader bare = new URLClassLoader(new URL[0], null)) {
            assertThat(AddOn.missing(bare, "/opt/ajar"))
                    .contains(new Failure.BadState(
                            Message.of("kubernetes.no-add-on", "folder", "/opt/ajar"),
                            List.of(Message.of("kubernetes.no-add-on-next", "folder", "/opt/ajar"))));
        }
    }
}
