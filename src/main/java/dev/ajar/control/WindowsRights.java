package dev.ajar.control;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Owners and access control lists of Windows. A private file has a list of its own, which names this user alone.
 * Windows may add what the folder hands down, and a backup what it needs: who may do anything in the user's home
 * folder, the system and the administrators, does no harm in the list, since they can take any file anyway. They are
 * known by that list, because their names differ from language to language.
 */
final class WindowsRights implements FileRights {
    /** Reads the owner and the list of a file; null where the file system has none. */
    @FunctionalInterface
    interface Lists {
        @Nullable
        AclFileAttributeView of(Path file);
    }

    /** Finds the user of this process. */
    @FunctionalInterface
    interface Self {
        UserPrincipal find() throws IOException;
    }

    /** Of a folder: what full control has and the right to change files has not. */
    private static final Set<AclEntryPermission> EVERYTHING = EnumSet.of(
            AclEntryPermission.READ_DATA,
            AclEntryPermission.WRITE_DATA,
            AclEntryPermission.WRITE_ACL,
            AclEntryPermission.WRITE_OWNER);

    private final Lists lists;
    private final Self self;
    private final Path home;

    WindowsRights() {
        this(
                file -> Files.getFileAttributeView(file, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS),
                () -> user(
                        FileSystems.getDefault().getUserPrincipalLookupService(),
                        ProcessHandle.current().info().user().orElse(""),
                        System.getProperty("user.name", "")),
                Path.of(System.getProperty("user.home", "")));
    }

    /** @param home the user's home folder */
    WindowsRights(Lists lists, Self self, Path home) {
        this.lists = lists;
        this.self = self;
        this.home = home;
    }

    /**
     * A name alone may be that of the machine, or of another user with an account in the domain.
     *
     * @param whole the name with its domain, {@code DOMAIN\name}, as the system tells it; empty where it does not
     */
    static UserPrincipal user(UserPrincipalLookupService accounts, String whole, String name) throws IOException {
        if (!whole.isEmpty()) {
            try {
                return accounts.lookupPrincipalByName(whole);
            } catch (UserPrincipalNotFoundException e) {
                return accounts.lookupPrincipalByName(name);
            }
        }
        return accounts.lookupPrincipalByName(name);
    }

    @Override
    public List<FileAttribute<?>> privateFile() throws IOException {
        return List.of(new ListOfFile(ofThisUserAlone()));
    }

    private List<AclEntry> ofThisUserAlone() throws IOException {
        return List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(self.find())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build());
    }

    /** What the folder hands down was added to the list that the file was made with. */
    @Override
    public void makePrivate(Path file) throws IOException {
        list(file).setAcl(ofThisUserAlone());
    }

    /** A folder keeps what it inherits: those of the user's profile are private. */
    @Override
    public List<FileAttribute<?>> privateFolder() {
        return List.of();
    }

    /** What an elevated process makes belongs to a group of administrators at first. */
    @Override
    public void makeOwn(Path file) throws IOException {
        list(file).setOwner(self.find());
    }

    @Override
    public boolean isOwn(Path file) throws IOException {
        return list(file).getOwner().equals(self.find());
    }

    @Override
    public boolean isTrusted(Path file) throws IOException {
        return isOwn(file);
    }

    @Override
    public boolean isPrivate(Path file) throws IOException {
        UserPrincipal user = self.find();
        List<AclEntry> allowed = allowed(file);
        // A file without a list, which reads as an empty one, is open to every user.
        return !allowed.isEmpty()
                && allowed.stream().map(AclEntry::principal).allMatch(one -> one.equals(user) || isAdministrator(one));
    }

    private boolean isAdministrator(UserPrincipal principal) {
        try {
            return allowed(home).stream()
                    .filter(entry -> entry.principal().equals(principal))
                    .anyMatch(entry -> entry.permissions().containsAll(EVERYTHING));
        } catch (IOException e) {
            return false;
        }
    }

    private List<AclEntry> allowed(Path file) throws IOException {
        return list(file).getAcl().stream()
                .filter(entry -> entry.type() == AclEntryType.ALLOW)
                .toList();
    }

    /** What a private file has is checked by itself: another file in its place would belong to another user. */
    @Override
    public boolean isOpenToAll(Path folder) {
        return false;
    }

    private AclFileAttributeView list(Path file) throws IOException {
        AclFileAttributeView view = lists.of(file);
        if (view == null) {
            throw new IOException("the file system does not tell who can read " + file);
        }
        return view;
    }

    /** An access control list, for a file that is about to be made. */
    private record ListOfFile(List<AclEntry> value) implements FileAttribute<List<AclEntry>> {
        @Override
        public String name() {
            return "acl:acl";
        }
    }
}
