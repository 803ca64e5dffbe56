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
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
    private static final User SYSTEM = new User("NT-AUTORITÄT\\SYSTEM");
    private static final Path FILE = Path.of("control.tcp");
    private static final Path HOME = Path.of("anna");

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

    private static AclEntry fullControl(User user) {
        return AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(user)
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build();
    }

    /** With a home folder as Windows makes it, which another user may read here. */
    private static WindowsRights rights(WindowsFile file) {
        WindowsFile home = new WindowsFile(
                SYSTEM,
                fullControl(SYSTEM),
                fullControl(ADMINISTRATORS),
                fullControl(USER),
                entry(AclEntryType.ALLOW, OTHER));
        return new WindowsRights(path -> path.equals(HOME) ? home : file, () -> USER, HOME);
    }

    /** Windows hands down what the folder says, and Wine shows the system in every list. */
    @Test
    void the_system_and_the_administrators_may_read_a_private_file() throws IOException {
        WindowsFile made = new WindowsFile(USER, fullControl(SYSTEM), fullControl(USER), fullControl(ADMINISTRATORS));
        assertThat(rights(made).isPrivate(FILE)).isTrue();
        assertThat(rights(new WindowsFile(USER, fullControl(SYSTEM), fullControl(USER), fullControl(OTHER)))
                        .isPrivate(FILE))
                .isFalse();
        assertThat(new WindowsRights(path -> path.equals(HOME) ? null : made, () -> USER, HOME).isPrivate(FILE))
                .as("without a list of the home folder")
                .isFalse();
    }

    @Test
    void what_the_folder_hands_down_is_taken_away() throws IOException {
        WindowsFile made = new WindowsFile(USER, fullControl(USER), fullControl(OTHER));
        rights(made).makePrivate(FILE);
        assertThat(rights(made).isPrivate(FILE)).isTrue();
        assertThat(made.getAcl())
                .singleElement()
                .extracting(AclEntry::principal)
                .isEqualTo(USER);
    }

    /** On a machine called ANNA, the name anna alone is the machine. */
    @Test
    void the_user_is_looked_up_in_the_users_domain() throws IOException {
        UserPrincipalLookupService accounts = new UserPrincipalLookupService() {
            @Override
            public UserPrincipal lookupPrincipalByName(String name) throws IOException {
                if (!Set.of("HOME\\anna", "anna", "SYSTEM").contains(name)) {
                    throw new UserPrincipalNotFoundException(name);
                }
                return new User(name);
            }

            @Override
            public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
                throw new UserPrincipalNotFoundException(group);
            }
        };
        assertThat(WindowsRights.user(accounts, "HOME\\anna", "anna")).isEqualTo(USER);
        assertThat(WindowsRights.user(accounts, "", "anna")).isEqualTo(new User("anna"));
        assertThat(WindowsRights.user(accounts, "WORKGROUP\\SYSTEM", "SYSTEM")).isEqualTo(new User("SYSTEM"));
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
        WindowsRights rights = new WindowsRights(ignored -> null, () -> USER, HOME);
        assertThatThrownBy(() -> rights.isPrivate(FILE)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> rights.isTrusted(FILE)).isInstanceOf(IOException.class);
    }
}
