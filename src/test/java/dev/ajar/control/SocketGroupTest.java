package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import jdk.net.UnixDomainPrincipal;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may use the socket of a service, beside its own user. */
class SocketGroupTest {
    @TempDir
    private Path folder = Path.of(".");

    private Path place = folder;
    private String ownGroup = "";

    /** A user or a group that the socket does not have. */
    private record Another(String name) implements GroupPrincipal {
        @Override
        public String getName() {
            return name;
        }
    }

    @BeforeEach
    void ownGroup() throws IOException {
        place = folder.resolve("control.sock");
        ownGroup = attributes(folder).group().getName();
    }

    private static PosixFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, PosixFileAttributes.class);
    }

    private ControlServer started(String group) throws IOException {
        return ControlServer.start(place, new TestDaemon("{\"n\":0}"), Optional.of(new SocketGroup(group)));
    }

    private static UnixDomainPrincipal peer(UserPrincipal user, String group) {
        return new UnixDomainPrincipal(user, new Another(group));
    }

    private static UnixDomainPrincipal peer(String user, String group) {
        return peer(new Another(user), group);
    }

    private boolean admitted(UnixDomainPrincipal peer) throws IOException {
        return new SocketGroup(ownGroup).admits(peer, place);
    }

    @Test
    void the_environment_names_it() {
        assertThat(SocketGroup.of(Map.of())).isEmpty();
        assertThat(SocketGroup.of(Map.of("AJAR_SOCKET_GROUP", ""))).isEmpty();
        assertThat(SocketGroup.of(Map.of("AJAR_SOCKET_GROUP", "ajar"))).contains(new SocketGroup("ajar"));
    }

    @Test
    void the_socket_has_the_group_and_its_mode_and_serves_its_user() throws IOException {
        try (ControlServer server = started(ownGroup)) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(attributes(place).permissions()))
                    .isEqualTo("rw-rw----");
            assertThat(folder.toFile().list()).containsExactly("control.sock");
            assertThat(TestDaemon.watched(place)).contains("{\"n\":0}");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void root_gives_it_to_another_group() throws IOException {
        Assumptions.assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(folder, "unix:uid")), "root alone can");
        try (ControlServer server = started("daemon")) {
            assertThat(server).isNotNull();
            assertThat(attributes(place).group().getName()).isEqualTo("daemon");
        }
    }

    @Test
    void without_a_group_the_socket_is_its_users_alone() throws IOException {
        try (ControlServer server = ControlServer.start(place, new TestDaemon("{}"))) {
            assertThat(server).isNotNull();
            assertThat(PosixFilePermissions.toString(attributes(place).permissions()))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void a_group_that_does_not_exist_is_named_and_no_socket_is_left() {
        assertThatThrownBy(() -> started("no-such-group-here"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the group no-such-group-here of AJAR_SOCKET_GROUP does not exist");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void members_are_admitted_and_others_are_not() throws IOException {
        try (ControlServer server = started(ownGroup)) {
            assertThat(server).isNotNull();
            assertThat(admitted(peer("alice", "users")))
                    .as("the kernel lets members alone connect")
                    .isTrue();

            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-rw-rw-"));
            assertThat(admitted(peer("mallory", "users"))).isFalse();
            assertThat(admitted(peer("alice", ownGroup))).isTrue();
            assertThat(admitted(peer("root", "users"))).isTrue();
            assertThat(admitted(peer(attributes(place).owner(), "users"))).isTrue();

            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-rw----"));
            assertThat(new SocketGroup("another").admits(peer("alice", "users"), place))
                    .as("the kernel has let another group connect")
                    .isFalse();
        }
    }
}
