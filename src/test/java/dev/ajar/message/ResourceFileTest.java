package dev.ajar.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's own files, wherever it was unpacked. */
class ResourceFileTest {
    private static final String CLASS = "dev/ajar/message/Language.class";

    @TempDir
    Path folder = Path.of(".");

    /** An archive with one class of the program and one file, below a folder of that name. */
    private URL archive(String name) throws IOException {
        Path jar = Files.createDirectories(folder.resolve(name)).resolve("ajar.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar));
                InputStream code = ResourceFileTest.class.getResourceAsStream("/" + CLASS)) {
            zip.putNextEntry(new ZipEntry(CLASS));
            if (code != null) {
                code.transferTo(zip);
            }
            zip.putNextEntry(new ZipEntry("some/file.txt"));
            zip.write("words".getBytes(StandardCharsets.UTF_8));
        }
        return jar.toUri().toURL();
    }

    private String read(String name, String path) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {archive(name)}, null);
                InputStream in = ResourceFile.open(loader.loadClass("dev.ajar.message.Language"), path)) {
            return in == null ? "none" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The JDK takes the first "!/" for the end of the archive's name. */
    @Test
    void a_folder_may_end_with_an_exclamation_mark() throws Exception {
        for (String name : new String[] {"games!", "R&D (x) !y!", "100% a^b", "plain"}) {
            assertThat(read(name, "/some/file.txt")).as(name).isEqualTo("words");
            assertThat(read(name, "/some/other.txt")).as(name).isEqualTo("none");
        }
    }

    @Test
    void a_distribution_has_copies_outside_its_archive() throws Exception {
        Path copies = Files.createDirectories(folder.resolve("lib/texts/messages"));
        Files.writeString(copies.resolve("show.properties"), "copied");

        try (InputStream in = ResourceFile.copy(folder, "/messages/show.properties")) {
            assertThat(in).isNotNull().hasContent("copied");
        }
        assertThat(ResourceFile.copy(folder, "/messages/other.properties")).isNull();
    }
}
