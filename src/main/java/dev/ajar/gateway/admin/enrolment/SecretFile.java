package dev.ajar.gateway.admin.enrolment;

import dev.ajar.gateway.admin.Secret;
import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of the user's own with a router's secret in its first line, which the configuration names. It is never
 * written.
 */
public final class SecretFile {
    private static final int LARGEST = 4096;

    private SecretFile() {}

    /** @return the secret, which the caller closes; a failure for a file that others can read */
    public static Result<Secret> read(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
                return refused(Message.of("admin.secret-file-not-plain", "file", file));
            }
            if (isForOthers(file)) {
                return refused(Message.of("admin.secret-file-for-all", "file", file));
            }
            String first = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            return first.isEmpty()
                    ? refused(Message.of("admin.secret-file-empty", "file", file))
                    : Result.ok(new Secret(first.toCharArray()));
        } catch (NoSuchFileException e) {
            return refused(Message.of("admin.secret-file-missing", "file", file));
        } catch (IOException e) {
            return refused(Message.of("admin.secret-file-unreadable", "file", file, "why", ErrorText.reason(e)));
        }
    }

    /** Where files have no such rights, as on Windows, they are those of their folder. */
    private static boolean isForOthers(Path file) throws IOException {
        Optional<PosixFileAttributeView> view =
                Optional.ofNullable(Files.getFileAttributeView(file, PosixFileAttributeView.class));
        Set<PosixFilePermission> rights =
                view.isPresent() ? view.get().readAttributes().permissions() : Set.of();
        return List.of(
                        PosixFilePermission.GROUP_READ,
                        PosixFilePermission.GROUP_WRITE,
                        PosixFilePermission.OTHERS_READ,
                        PosixFilePermission.OTHERS_WRITE)
                .stream()
                .anyMatch(rights::contains);
    }

    private static Result<Secret> refused(Message why) {
        return Result.err(new Failure.BadConfiguration(why));
    }
}
