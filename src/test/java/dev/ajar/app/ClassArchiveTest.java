package dev.ajar.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    Path folder = Path.of(".");

    private ClassArchive archive = new ClassArchive(folder);

    @BeforeEach
    void inItsFolder() {
        archive = new ClassArchive(folder.resolve("classes.jsa"));
    }

    private Path made(String text) throws IOException {
        return Files.writeString(folder.resolve("classes.new"), text);
    }

    @Test
    void one_that_was_made_is_there_until_it_or_its_java_is_another() throws IOException {
        assertThat(archive.isSettled()).isFalse();
        archive.accept(made("classes"));
        assertThat(archive.isSettled()).isTrue();
        assertThat(folder.resolve("classes.new")).doesNotExist();

        Files.writeString(archive.file(), "cut");
        assertThat(archive.isSettled()).isFalse();
        archive.accept(made("classes"));
        Path note = folder.resolve("classes.txt");
        Files.writeString(note, Files.readString(note).replace(System.getProperty("java.vm.version"), "21"));
        assertThat(archive.isSettled()).as("of another Java").isFalse();
        archive.accept(made("classes"));
        Files.delete(archive.file());
        assertThat(archive.isSettled()).as("cleaned away").isFalse();
    }

    @Test
    void a_java_that_makes_none_is_not_asked_again() throws IOException {
        archive.settle();
        assertThat(archive.isSettled()).isTrue();
    }

    @Test
    void none_is_begun_within_an_hour_of_the_last_try_nor_where_nothing_can_be_written() throws IOException {
        assertThat(archive.isDue(NOW)).isTrue();
        Files.createFile(archive.lock());
        Files.setLastModifiedTime(archive.lock(), FileTime.from(NOW));
        assertThat(archive.isDue(NOW)).isFalse();
        assertThat(archive.isDue(NOW.plus(Duration.ofMinutes(59)))).isFalse();
        assertThat(archive.isDue(NOW.plus(Duration.ofMinutes(61)))).isTrue();
        assertThat(archive.isDue(NOW.minus(Duration.ofDays(400))))
                .as("a clock set back")
                .isTrue();
        assertThat(new ClassArchive(folder.resolve("missing/classes.jsa")).isDue(NOW))
                .isFalse();
    }
}
