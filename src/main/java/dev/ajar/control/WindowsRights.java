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
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Owners and access control lists of Windows. A private file has a list of its own, which names this user alone: the names of
 * the administrators' groups differ from language to language, and they can take any file anyway.
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

    private final Lists lists;
    private final Self self;

    WindowsRights() {
        this(
                file -> Files.getFileAttributeView(file, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS),
                () -> FileSystems.getDefault()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name", "")));
    }

    WindowsRights(Lists lists, Self self) {
        this.lists = lists;
        this.self = self;
    }

    @Override
    public List<FileAttribute<?>> privateFile() throws IOException {
        return List.of(new ListOfFile(List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(self.find())
                .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                .build())));
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
        List<AclEntry> allowed = list(file).getAcl().stream()
                .filter(entry -> entry.type() == AclEntryType.ALLOW)
                .toList();
        // A file without a list, which reads as an empty one, is open to every user.
        return !allowed.isEmpty()
                && allowed.stream().allMatch(entry -> entry.principal().equals(user));
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
