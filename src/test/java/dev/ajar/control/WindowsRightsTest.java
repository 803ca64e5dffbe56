package dev.ajar.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Owners and access control lists as Windows tells them. */
class WindowsRightsTest {
    private record User(String getName) implements UserPrincipal {
        @Override
        public String toString() {
            return getName;
        }

        @Override
        public String getName() {
            return getName;
        }
    }

    private static final User USER = new User("HOME\\anna");
    private static final User OTHER = new User("HOME\\ben");
    private static final User ADMINISTRATORS = new User("BUILTIN\\Administratoren");
    private static final Path FILE = Path.of("control.tcp");

    /** A file with an owner and a list. */
    private static final class WindowsFile implements AclFileAttributeView {
        private UserPrincipal owner;
        private List<AclEntry> acl;

        WindowsFile(UserPrincipal owner, AclEntry... acl) {
            this.owner = owner;
            this.acl = List.of(acl);
        }

        @Override
        public String name() {
            return "acl";
        }

        @Override
        public List<AclEntry> getAcl() {
            return acl;
        }

        @Override
        public void setAcl(List<AclEntry> newer) {
            acl = List.copyOf(newer);
        }

        @Override
        public UserPrincipal getOwner() {
            return owner;
        }

        @Override
        public void setOwner(UserPrincipal newer) {
            owner = newer;
        }
    }

    private static AclEntry entry(AclEntryType type, User user) {
        return AclEntry.newBuilder()
                .setType(type)
                .setPrincipal(user)
                .setPermissions(AclEntryPermission.READ_DATA)
                .build();
    }

    private static WindowsRights rights(WindowsFile file) {
        return new WindowsRights(ignored -> file, () -> USER);
    }

    @Test
    void only_a_file_whose_list_names_this_user_alone_is_private() throws IOException {
        AclEntry own = entry(AclEntryType.ALLOW, USER);
        assertThat(rights(new WindowsFile(USER, own)).isPrivate(FILE)).isTrue();
        assertThat(rights(new WindowsFile(USER, own, entry(AclEntryType.DENY, OTHER)))
                        .isPrivate(FILE))
                .isTrue();
        assertThat(rights(new WindowsFile(USER, own, entry(AclEntryType.ALLOW, OTHER)))
                        .isPrivate(FILE))
                .isFalse();
        assertThat(rights(new WindowsFile(USER, entry(AclEntryType.ALLOW, OTHER)))
                        .isPrivate(FILE))
                .isFalse();
        assertThat(rights(new WindowsFile(USER)).isPrivate(FILE))
                .as("a file without a list is open to every user")
                .isFalse();
        assertThat(rights(new WindowsFile(USER, entry(AclEntryType.DENY, OTHER)))
                        .isPrivate(FILE))
                .isFalse();
    }

    @Test
    void a_file_of_another_user_is_not_trusted() throws IOException {
        assertThat(rights(new WindowsFile(USER)).isTrusted(FILE)).isTrue();
        assertThat(rights(new WindowsFile(OTHER)).isTrusted(FILE)).isFalse();
        assertThat(rights(new WindowsFile(OTHER)).isOwn(FILE)).isFalse();
    }

    @Test
    void a_new_file_is_made_with_a_list_of_this_user_alone_and_belongs_to_it() throws IOException {
        WindowsFile made = new WindowsFile(ADMINISTRATORS);
        WindowsRights rights = rights(made);
        List<FileAttribute<?>> attributes = rights.privateFile();
        assertThat(attributes).singleElement().satisfies(attribute -> {
            assertThat(attribute.name()).isEqualTo("acl:acl");
            assertThat(attribute.value())
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.list(AclEntry.class))
                    .singleElement()
                    .satisfies(entry -> {
                        assertThat(entry.principal()).isEqualTo(USER);
                        assertThat(entry.type()).isEqualTo(AclEntryType.ALLOW);
                        assertThat(entry.permissions())
                                .contains(
                                        AclEntryPermission.READ_DATA,
                                        AclEntryPermission.WRITE_DATA,
                                        AclEntryPermission.DELETE);
                    });
        });
        assertThat(rights.isOwn(FILE)).isFalse();
        rights.makeOwn(FILE);
        assertThat(rights.isOwn(FILE)).isTrue();
        assertThat(rights.privateFolder()).isEmpty();
    }

    @Test
    void a_file_system_without_lists_cannot_tell() {
        WindowsRights rights = new WindowsRights(ignored -> null, () -> USER);
        assertThatThrownBy(() -> rights.isPrivate(FILE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> rights.isTrusted(FILE)).isInstanceOf(IOException.class);
    }
}
