package dev.ajar.message;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What an error of the system or a library says, for people. */
public final class ErrorText {
    private static final int MOST_CAUSES = 8;

    /** Java puts the name of a cause into the text of an exception that has none. */
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z]\\w*\\.){2,}[A-Z]\\w*|\\b\\w+(?:Exception|Error)\\b");

    private ErrorText() {}

    /** Its own words, else those of its causes; empty if there are none, and never the name of a class. */
    public static Optional<String> of(Throwable error) {
        Throwable one = error;
        for (int i = 0; i < MOST_CAUSES && one != null; i++) {
            String text = one.getMessage();
            if (text != null && !text.isBlank() && !CLASS_NAME.matcher(text).find()) {
                return Optional.of(text);
            }
            one = one.getCause();
        }
        return Optional.empty();
    }

    /** Why a file or a place could not be had. For one that may not be opened, Java's own text is only its name. */
    public static Message reason(IOException e) {
        return switch (e) {
            case AccessDeniedException ignored -> Message.of("state.permission-denied");
            case FileSystemException f when f.getReason() != null -> Message.verbatim(String.valueOf(f.getReason()));
            default -> of(e).map(Message::verbatim).orElseGet(() -> Message.of("state.disk-error"));
        };
    }
}
