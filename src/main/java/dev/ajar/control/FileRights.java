package dev.ajar.control;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;

/** Who can read and change a file: Unix tells it by owner and mode, Windows by owner and access control list. */
interface FileRights {
    /** The rules of this system. */
    static FileRights ofThisSystem() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
                ? new UnixRights()
                : new WindowsRights();
    }

    /** Attributes of a new file that only this user can read and write. */
    List<FileAttribute<?>> privateFile() throws IOException;

    /** Attributes of a new folder that only this user can use. */
    List<FileAttribute<?>> privateFolder() throws IOException;

    /** Makes a file that this process has made belong to its user. */
    void makeOwn(Path file) throws IOException;

    /** Takes from a file that was made with {@link #privateFile} what the system has added. */
    void makePrivate(Path file) throws IOException;

    /** Whether this user made it. Links are not followed. */
    boolean isOwn(Path file) throws IOException;

    /** Whether this user or the administrator made it; the administrator trusts every user. Links are not followed. */
    boolean isTrusted(Path file) throws IOException;

    /** Whether no other user but the administrator can read or change it. */
    boolean isPrivate(Path file) throws IOException;

    /** Whether every user can replace a file in it. */
    boolean isOpenToAll(Path folder) throws IOException;
}
