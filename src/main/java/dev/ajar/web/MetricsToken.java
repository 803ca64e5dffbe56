package dev.ajar.web;

import dev.ajar.message.ErrorText;
import dev.ajar.message.Message;
import dev.ajar.model.Failure;
import dev.ajar.model.Result;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Reads the file that {@code token_file} names. */
final class MetricsToken {
    private static final int LARGEST = 4096;
    private static final int SHORTEST_WORD = 16;

    private MetricsToken() {}

    static Result<BearerToken> read(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile() || attributes.size() > LARGEST) {
                return refused(Message.of("web.token-not-plain", "file", file));
            }
            PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            Set<PosixFilePermission> rights =
                    view == null ? Set.of() : view.readAttributes().permissions();
            if (rights.contains(PosixFilePermission.OTHERS_READ)) {
                return refused(Message.of("web.token-for-all", "file", file));
            }
            String word = Files.readString(file, StandardCharsets.UTF_8).strip();
            return word.length() < SHORTEST_WORD || word.chars().anyMatch(c -> c <= ' ' || c > '~')
                    ? refused(Message.of("web.token-too-short", "file", file, "least", SHORTEST_WORD))
                    : Result.ok(new BearerToken(word));
        } catch (NoSuchFileException e) {
            return refused(Message.of("web.token-missing", "file", file));
        } catch (CharacterCodingException e) {
            return refused(Message.of("web.token-too-short", "file", file, "least", SHORTEST_WORD));
        } catch (IOException e) {
            return refused(Message.of("web.token-unreadable", "file", file, "why", ErrorText.reason(e)));
        }
    }

    private static Result<BearerToken> refused(Message why) {
        return Result.err(new Failure.BadConfiguration(why));
    }
}
