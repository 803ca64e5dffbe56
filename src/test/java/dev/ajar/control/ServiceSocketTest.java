package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ajar.control.ServiceSocket.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a socket can be that of the service of the machine, and whether this user may use it. */
class ServiceSocketTest {
    private static final int DYNAMIC = 61_234;

    @TempDir
    private Path run = Path.of(".");

    private Path folder = run;
    private Path place = run;
    private String group = "";
    private Optional<ControlServer> server = Optional.empty();

    @BeforeEach
    void service() throws IOException {
        folder = Files.createDirectory(run.resolve("ajar"));
        place = folder.resolve("control.sock");
        mode(run, "rwxr-xr-x");
        mode(folder, "rwxr-xr-x");
        group = Files.readAttributes(folder, PosixFileAttributes.class).group().getName();
        server = Optional.of(ControlServer.start(place, new TestDaemon("{}"), Optional.of(new SocketGroup(group))));
    }

    @AfterEach
    void end() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Found look(Path folder, boolean open) {
        return new ServiceSocket(folder, place -> open).look();
    }

    @Test
    void a_member_may_use_it_and_another_user_learns_the_group() {
        assertThat(look(folder, true)).isEqualTo(new Found.Usable(place));
        assertThat(look(folder, false)).isEqualTo(new Found.ForGroup(group));
    }

    @Test
    void there_is_none_without_the_folder_or_the_socket() {
        assertThat(look(run.resolve("missing"), true)).isEqualTo(new Found.Nothing());
        assertThat(look(run, true)).isEqualTo(new Found.Nothing());
    }

    @Test
    void one_for_its_user_alone_is_none_for_others() throws IOException {
        mode(place, "rw-------");
        assertThat(look(folder, false)).isEqualTo(new Found.Nothing());
    }

    @Test
    void a_folder_that_others_can_write_is_not_trusted() throws IOException {
        mode(folder, "rwxrwxr-x");
        assertThat(look(folder, true)).isEqualTo(new Found.Nothing());
        mode(folder, "rwxr-xr-x");
        mode(run, "rwxrwxrwx");
        assertThat(look(folder, true)).isEqualTo(new Found.Nothing());
    }

    @Test
    void a_link_in_place_of_the_folder_or_the_socket_is_not_trusted() throws IOException {
        assertThat(look(Files.createSymbolicLink(run.resolve("linked"), folder), true))
                .isEqualTo(new Found.Nothing());
        Path other = Files.createDirectory(run.resolve("other"));
        mode(other, "rwxr-xr-x");
        Files.createSymbolicLink(other.resolve("control.sock"), place);
        assertThat(look(other, true)).isEqualTo(new Found.Nothing());
    }

    @Test
    void a_file_in_place_of_the_socket_is_not_trusted() throws IOException {
        Path other = Files.createDirectory(run.resolve("other"));
        mode(other, "rwxr-xr-x");
        Files.createFile(other.resolve("control.sock"));
        assertThat(look(other, true)).isEqualTo(new Found.Nothing());
    }

    @Test
    void the_owner_may_be_any_user_but_of_both() throws IOException {
        Assumptions.assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(run, "unix:uid")), "root alone can");
        Files.setAttribute(place, "unix:uid", DYNAMIC, LinkOption.NOFOLLOW_LINKS);
        assertThat(look(folder, true)).as("not the folder's owner").isEqualTo(new Found.Nothing());
        Files.setAttribute(folder, "unix:uid", DYNAMIC);
        assertThat(look(folder, true)).isEqualTo(new Found.Usable(place));
    }
}
