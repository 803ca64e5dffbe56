package dev.ajar.message;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
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

    /** The folder of the distribution, which its launchers name. */
    private static final String HOME = "ajar.home";

    private static final String COPIES = "lib/texts";

    private ResourceFile() {}

    /**
     * Opens a file.
     *
     * @param owner a class of the same archive
     * @param path from the root of the archive, with a slash at its beginning
     * @return null if there is none
     */
    public static @Nullable InputStream open(Class<?> owner, String path) throws IOException {
        String home = System.getProperty(HOME, "");
        InputStream copy = home.isEmpty() ? null : copy(Path.of(home), path);
        return copy == null ? original(owner, path) : copy;
    }

    /**
     * Opens the copy of a file that the distribution has outside its archive: a command that reads five of them need
     * not read the names of the 2,600 that are in it (docs/decisions/0068).
     *
     * @return null if there is none
     */
    static @Nullable InputStream copy(Path home, String path) {
        try {
            return Files.newInputStream(home.resolve(COPIES + path));
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable InputStream original(Class<?> owner, String path) throws IOException {
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
