package dev.ajar.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A file of the program, beside its classes. */
public final class ResourceFile {
    /**
     * What ends the name of an archive in the JDK's addresses, so that it finds no file below a folder called
     * {@code games!}.
     */
    private static final String END_OF_ARCHIVE = "!/";

    private ResourceFile() {}

    /**
     * Opens a file.
     *
     * @param owner a class of the same archive
     * @param path from the root of the archive, with a slash at its beginning
     * @return null if there is none
     */
    public static @Nullable InputStream open(Class<?> owner, String path) throws IOException {
        InputStream found = owner.getResourceAsStream(path);
        if (found != null) {
            return found;
        }
        CodeSource source = owner.getProtectionDomain().getCodeSource();
        URL archive = source == null ? null : source.getLocation();
        return archive != null && archive.getPath().contains(END_OF_ARCHIVE) ? inArchive(archive, path) : null;
    }

    /** The same where the JDK cannot read the address. */
    static @Nullable InputStream inArchive(URL archive, String path) throws IOException {
        try (ZipFile zip = new ZipFile(Path.of(archive.toURI()).toFile())) {
            ZipEntry entry = zip.getEntry(path.substring(1));
            return entry == null
                    ? null
                    : new ByteArrayInputStream(zip.getInputStream(entry).readAllBytes());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
