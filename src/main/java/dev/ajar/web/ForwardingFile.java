package dev.ajar.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file of this user alone that a browser opens and that leads it to the page. The arguments of programs can be read
 * by every user of the machine, so the browser is given this file and not the address with the token.
 */
final class ForwardingFile {
    private static final String PREFIX = "page-";
    private static final String SUFFIX = ".html";

    private ForwardingFile() {}

    /** @param link the address with the token, without characters that HTML would read */
    static Path write(Path folder, String link) throws IOException {
        Files.createDirectories(folder);
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] own = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Path file = Files.createTempFile(folder, PREFIX, SUFFIX, own);
        String html = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>ajar</title>"
                + "<meta name=\"referrer\" content=\"no-referrer\">"
                + "<meta http-equiv=\"refresh\" content=\"0;url=" + link + "\">"
                + "<p><a href=\"" + link + "\">ajar</a></p></html>\n";
        Files.writeString(file, html, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING);
        return file;
    }

    /** Removes it, because its token is good for nothing. */
    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next page removes it.
        }
    }

    /** Removes those that no page needs any more. */
    static void sweep(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                delete(file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Their tokens are good for nothing.
        }
    }
}
